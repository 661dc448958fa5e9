import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { flowToGraph } from '../../../designer/graph/flow-to-graph.ts';
import type { Flow } from '../../../schemas/flow.ts';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};

interface Size {
  width: number;
  height: number;
}

export interface BarePage {
  url: string;
  /** What the page draws from its next load on. */
  show(flow: Flow, canvas: Size): Promise<void>;
  stop(): Promise<void>;
}

/** Builds the bare page as the designer is built, and serves it from this machine. */
export async function serveBarePage(): Promise<BarePage> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bare-'));
  const source = join(folder, 'source');
  const built = join(folder, 'built');
  const script = resolve(import.meta.dirname, 'bare-page.tsx');
  await writeSource(source, script);
  await build({
    configFile: false,
    logLevel: 'error',
    root: source,
    plugins: [react()],
    resolve: { preserveSymlinks: true },
    server: { fs: { strict: false } },
    build: { outDir: built, target: 'es2023' },
  });
  const server = createServer(async (request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '');
    const content = await readFile(join(built, name)).catch(() => null);
    if (content === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' }).end(content);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  // A listening TCP server's address is never a string or null.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    show: (flow, canvas) => writeFile(join(built, 'graph.json'), JSON.stringify(graphOf(flow, canvas))),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeSource(folder: string, script: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const page = `<!doctype html><html lang="en"><body><div id="root"></div><script type="module" src="${script}"></script></body></html>`;
  await writeFile(join(folder, 'index.html'), page);
}

/** The same nodes and connections at the same places, on a canvas of the same size. */
function graphOf(flow: Flow, canvas: Size) {
  const { nodes, edges } = flowToGraph(flow);
  return {
    canvas,
    nodes: nodes.map(({ id, type, position, width, height, ariaLabel, zIndex }) => ({
      id,
      position,
      data: { label: ariaLabel },
      // What lies below the cards is as large as it says; a card is as large as React Flow makes it.
      ...(type === 'action' ? {} : { zIndex, style: { width, height } }),
    })),
    edges: edges.map(({ id, source, target }) => ({ id, source, target, type: 'smoothstep' })),
  };
}
