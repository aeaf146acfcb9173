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
    // Android cuts an icon that says `maskable` to its own shape, and shrinks any other onto a white disc.
    icons: [192, 512].flatMap((size) =>
      ['any', 'maskable'].map((purpose) => ({
        src: link(`/icon-${size}.png`),
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose,
      })),
    ),
  });
