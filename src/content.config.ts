import { defineCollection } from 'astro:content';
import { entries, lists } from './catalogue.ts';

/** Every entry as its catalogue card, and what all of them share. The schemas of the forms stand in `model/`. */
export const collections = {
  entries: defineCollection({ loader: entries }),
  lists: defineCollection({ loader: lists }),
};
