import { createServer, request, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import type { VisitorOptions } from '../visitor.ts';

/** The connection between a browser and the host: a forward proxy (RFC 9110, section 3.7) for plain http. */
export interface Line {
  url: string;
  /** Blocks everything, or lets everything through again. */
  cut(isCut: boolean): void;
  close(): Promise<void>;
}

/**
 * Starts a proxy.
 *
 * @param worker - what happens to the service worker's script: `late` never arrives, otherwise it is missing
 */
export async function openLine(worker?: VisitorOptions['worker']): Promise<Line> {
  let isCut = false;
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url ?? '');
    if (isCut) answer.socket?.destroy();
    else if (worker && pathname.endsWith('/sw.js')) withhold(answer, worker);
    else {
      const onward = request(asked.url!, { method: asked.method, headers: asked.headers }, (response) => {
        answer.writeHead(response.statusCode!, response.headers);
        response.pipe(answer);
      });
      onward.on('error', () => answer.socket?.destroy());
      asked.pipe(onward);
    }
  });
  const tunnels = new Set<Duplex>();
  const tunnel = (near: Duplex, { hostname, port }: URL, begin: (far: Duplex) => void) => {
    const far = connect(Number(port), hostname, () => begin(far));
    tunnels.add(near);
    pipeline(near, far, near, () => tunnels.delete(near));
    if (isCut) near.destroy();
  };
  // For anything but a plain request, such as a socket, the browser asks for a tunnel (section 9.3.6).
  server.on('connect', ({ url }, near: Duplex, head) => {
    tunnel(near, new URL(`http://${url!}`), (far) => {
      near.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      far.write(head);
    });
  });
  // WebKitGTK requests a WebSocket like any other address.
  server.on('upgrade', ({ url, headers }, near: Duplex, head) => {
    const address = new URL(url!);
    tunnel(near, address, (far) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
      far.write(`GET ${address.pathname}${address.search} HTTP/1.1\r\n${lines.join('')}\r\n`);
      far.write(head);
    });
  });
  const closeConnections = () => {
    server.closeAllConnections();
    tunnels.forEach((tunnel) => tunnel.destroy());
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: (cut) => {
      isCut = cut;
      if (cut) closeConnections();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        closeConnections();
      }),
  };
}

function withhold(answer: ServerResponse, how: NonNullable<VisitorOptions['worker']>): void {
  if (how !== 'late') answer.writeHead(404).end();
}
