import { z } from 'astro/zod';
import { text } from './fields.ts';

/** `synonyms.yaml`: groups of words that mean the same to a searcher. */
export const synonymsSchema = z
  .array(z.array(text(40)).min(2).describe('意思相同的几个词，至少两个，例如 [拉新, 获客]'))
  .describe('一行一组意思相同的词，例如 - [拉新, 获客]');
