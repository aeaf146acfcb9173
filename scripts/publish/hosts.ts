import { guards } from '../../src/gate/policy.ts';
import { caching, usualCaching } from './headers.ts';

/**
 * Returns the files in `hosts/`, by name: settings for common hosts that send the site's headers. They are written for
 * a site at the root of its own host, `kb.example.com` in `/srv/kb`, and say what to add for one with a path.
 */
export function hostFiles(): Record<string, string> {
  return { 'nginx.conf': nginx(), Caddyfile: caddy(), _headers: headers() };
}

const note = 'Its root is the folder that you publish to. Written by scripts/publish/hosts.ts.';
/** Comment lines for a site whose address has a path. */
const withPath = `# For a site with a path, such as https://kb.example.com/kb/: publish to /srv/kb/kb, and put /kb before the paths
# ${[...Object.keys(caching), 'publish/', '404.html'].map((path) => `/${path}`).join(', ')} below.`;
const isFolder = (path: string) => path.endsWith('/');

function nginx(): string {
  const byPath = Object.entries(caching).map(([path, value]) =>
    isFolder(path) ? `    ~^/${path} "${value}";` : `    /${path} "${value}";`,
  );
  // A map instead of locations: a location with a header of its own would lose the headers of the server.
  return `# nginx: copy to /etc/nginx/conf.d/kb.conf. ${note}
${withPath}
map $uri $kb_caching {
    default "${usualCaching}";
${byPath.join('\n')}
}

server {
    listen 443 ssl;
    server_name kb.example.com;
    ssl_certificate /etc/letsencrypt/live/kb.example.com/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/kb.example.com/privkey.pem;

    root /srv/kb;
    default_type application/octet-stream;
    charset utf-8;
    gzip on;
    gzip_types text/css application/javascript text/javascript application/json;

${Object.entries(guards)
  .map(([name, value]) => `    add_header ${name} "${value}" always;`)
  .join('\n')}
    # Without "always", so a 404 isn't cached: the file may exist a moment later.
    add_header Cache-Control $kb_caching;

    # Files for the next publish only; visitors don't need them.
    location ^~ /publish/ { return 404; }
    location / { try_files $uri $uri/index.html =404; }
    error_page 404 /404.html;
}
`;
}

function caddy(): string {
  const lines = Object.entries(guards).map(([name, value]) => `\t\t${name} "${value}"`);
  const byPath = Object.entries(caching).map(([path, value], i) =>
    isFolder(path)
      ? `\t@kept${i} {\n\t\tpath /${path}*\n\t\tfile\n\t}\n\theader @kept${i} Cache-Control "${value}"`
      : `\theader /${path} Cache-Control "${value}"`,
  );
  return `# Caddy: copy to /etc/caddy/Caddyfile. ${note}
${withPath}
kb.example.com {
\troot * /srv/kb
\tencode gzip
\theader {
${lines.join('\n')}
\t\t?Cache-Control "${usualCaching}"
\t}
\t# Only for existing files, so a 404 isn't cached: the file may exist a moment later.
${byPath.join('\n')}

\t# Files for the next publish only; visitors don't need them.
\terror /publish/* 404
\tfile_server
\thandle_errors {
\t\trewrite * /404.html
\t\tfile_server
\t}
}
`;
}

/**
 * Returns `_headers`. It doesn't set the usual caching: both hosts revalidate by default, and would append a second
 * Cache-Control to the first.
 */
function headers(): string {
  const rule = (path: string, fields: Record<string, string>) =>
    [path, ...Object.entries(fields).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  const byPath = Object.entries(caching).map(([path, value]) =>
    rule(`/${path}${isFolder(path) ? '*' : ''}`, { 'Cache-Control': value }),
  );
  return `# Cloudflare Pages and Netlify: copy to public/_headers. Written by scripts/publish/hosts.ts.
${[rule('/*', guards), ...byPath].join('\n\n')}
`;
}
