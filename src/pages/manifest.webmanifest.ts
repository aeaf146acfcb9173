import type { APIRoute } from 'astro';
import { link } from '../address.ts';
import { site } from '../site.ts';

/**
 * The web app manifest, with which phones install the site (https://www.w3.org/TR/appmanifest/). Anyone can read it.
 */
export const GET: APIRoute = () =>
  Response.json({
    id: link('/'),
    name: site.name,
    short_name: site.name,
    description: site.description,
    lang: site.language,
    start_url: link('/'),
    scope: link('/'),
    display: 'standalone',
    background_color: site.themeColor.light,
    theme_color: site.themeColor.light,
    icons: [
      { src: link('/icon-192.png'), sizes: '192x192', type: 'image/png' },
      { src: link('/icon-512.png'), sizes: '512x512', type: 'image/png' },
    ],
  });
