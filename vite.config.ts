import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  root: 'designer',
  plugins: [react()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    // Older than these know no light-dark(), which cannot be rewritten for a colour scheme that is chosen at run time.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The page's content security policy knows no data: addresses.
    assetsInlineLimit: 0,
    // The editor with its canvas is a chunk of its own; 700 kB (200 kB over the wire) is what React and Mantine come to.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  test: {
    root: '.',
    projects: [
      {
        extends: true,
        test: { name: 'rooms', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**'] },
      },
      {
        extends: true,
        // The page is built once, and only where a browser is going to see it.
        test: {
          name: 'browser',
          include: ['test/e2e/*.test.ts'],
          globalSetup: ['test/e2e/support/build-once.ts'],
          // Dozens of steps, each of which waits for its turn on a busy machine; one that fails does so by itself long before.
          testTimeout: 180_000,
        },
      },
    ],
    environment: 'node',
    // A file waits for browsers and servers more than it works: one at a time would leave two cores idle half of the time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is polled comes about by itself, on a busy machine later: the second that is usual is less than a draft takes to be saved there.
    expect: { poll: { timeout: 30_000 } },
  },
});
