import S3rver from '@20minutes/s3rver';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { test as plainTest } from 'vitest';
import { projectRoot } from '../../scripts/lib/settings.ts';
import { lacksServers } from '../../scripts/test/servers.ts';
import { freePort } from '../lib/free-port.ts';

/** A real server for the publishing tests, on a free loopback port; everything it writes is in one folder. */
export interface Server {
  port: number;
  stop: () => Promise<void>;
}

/** A test that is skipped if these servers are missing and can't be installed. */
export const test = plainTest.skipIf(lacksServers());

/**
 * Starts nginx to serve `folder` with the project's settings for it (`hosts/nginx.conf`), or as a proxy for a bucket on
 * another port. A site with the path `base` is in a folder of that name in `folder`. Without a certificate: browsers
 * trust loopback.
 */
export async function startNginx(
  work: string,
  serves: { folder: string; base?: string } | { bucket: string; port: number },
): Promise<Server> {
  const port = await freePort();
  const listen = `listen 127.0.0.1:${port};`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const server =
    'folder' in serves
      ? withPath(readFileSync(join(projectRoot, 'hosts', 'nginx.conf'), 'utf8'), serves.base ?? '')
          .replace('listen 443 ssl;', listen)
          .replace(/ *ssl_certificate.*\n/g, '')
          .replace('root /srv/kb;', `root ${serves.folder};`)
      : `server {
           ${listen}
           location ^~ /publish/ { return 404; }
           location / {
             rewrite ^(.*)/$ /${serves.bucket}$1/index.html break;
             rewrite ^(.*)$ /${serves.bucket}$1 break;
             proxy_pass http://127.0.0.1:${serves.port};
           }
         }`;
  writeFileSync(
    join(work, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''}
     daemon off; pid ${work}/pid; error_log ${work}/error.log; worker_processes 1;
     events {}
     http {
       include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
       client_body_temp_path ${work}/body; proxy_temp_path ${work}/proxy; fastcgi_temp_path ${work}/fastcgi;
       uwsgi_temp_path ${work}/uwsgi; scgi_temp_path ${work}/scgi;
       ${server}
     }`,
  );
  return running(spawn('/usr/sbin/nginx', ['-p', work, '-c', join(work, 'nginx.conf')]), port);
}

/** Puts a path before the paths that the settings' first lines name, as those lines say. */
function withPath(settings: string, base: string): string {
  const paths = /^# (\/.*) below\.$/m.exec(settings)![1]!.split(', ');
  const [note = '', rules = ''] = settings.split(/\n(?=map )/);
  return `${note}\n${paths.reduce((text, path) => text.replaceAll(path, base + path), rules)}`;
}

/** Starts an S3 server with one bucket, `kb`; its files are in `folder`. */
export async function startS3(folder: string): Promise<Server> {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    // It computes the signature of a listing differently from Amazon.
    allowMismatchedSignatures: true,
    directory: folder,
    configureBuckets: [{ name: 'kb', configs: [] }],
  });
  const { port } = await server.run();
  const stop = () => {
    server.httpServer.closeAllConnections();
    return server.close();
  };
  return { port, stop };
}

/**
 * Starts an ssh server that accepts the current user with a key of its own, with `work` as home: bash starts every
 * command with `.bashrc`, which may take longer than the command. `rsh` is for RSYNC_RSH.
 */
export async function startSsh(work: string): Promise<Server & { user: string; rsh: string }> {
  const port = await freePort();
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  for (const key of ['host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(work, key)]);
  }
  writeFileSync(
    join(work, 'sshd_config'),
    `ListenAddress 127.0.0.1\nPort ${port}\nHostKey ${work}/host\nPidFile ${work}/pid\nUsePAM no\nStrictModes no\nPermitRootLogin yes\nAuthorizedKeysFile ${work}/user.pub\nSetEnv HOME=${work}\n`,
  );
  writeFileSync(
    join(work, 'ssh_config'),
    `Host *\nIdentityFile ${work}/user\nIdentitiesOnly yes\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\n`,
  );
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = await running(spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(work, 'sshd_config')]), port);
  return { ...server, user: userInfo().username, rsh: `ssh -F ${join(work, 'ssh_config')}` };
}

async function running(child: ChildProcess, port: number): Promise<Server> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  // Not `close`: open sessions keep its output open.
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended: ${said}`);
  }
  return {
    port,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => setTimeout(resolve, 20, false));
    socket.once('connect', () => socket.destroy());
  });
}
