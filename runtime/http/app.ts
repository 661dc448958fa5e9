import type { Express } from 'express';
import express from 'express';
import { UserError } from '../../schemas/errors.ts';
import { createAuth } from './auth/auth.ts';
import { registerConfirmPage } from './confirm-page.ts';
import { registerHealth } from './health.ts';
import { createHostCheck } from './host-check.ts';
import { createLive } from './live.ts';
import { createMetrics } from './metrics.ts';
import { errorHandler } from './problem.ts';
import { registerRoutes } from './register-routes.ts';
import { routes } from './resources/index.ts';
import { createSecurityHeaders } from './security-headers.ts';
import type { HttpOptions, Services } from './services.ts';
import { createStaticFiles } from './static-files.ts';

export interface HttpApp {
  app: Express;
  /** Ends the live streams, so that the server can close. */
  close(): Promise<void>;
}

/**
 * The whole HTTP side: API, health, metrics, and the built designer. It listens nowhere; whoever makes it gives `app` to a server.
 * While no administrator exists and others than this machine can reach the server, the code for the first set-up is logged.
 */
export function createHttpApp(services: Services, options: HttpOptions): HttpApp {
  const auth = createAuth(services, options);
  const live = createLive(services);
  const app = express();
  // Nobody's word about who the client is but the connection's: rate limits go by it.
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.disable('x-powered-by');
  // Lists change all the time; a hash over each answer would save nothing.
  app.disable('etag');

  app.use(createSecurityHeaders(options.publicUrl));
  app.use(createHostCheck(options.host, options.publicUrl));
  registerHealth(app, services);
  app.get('/metrics', createMetrics(services, auth));
  registerConfirmPage(app, services);
  registerRoutes(app, routes, { services, auth, live, publicUrl: options.publicUrl });
  app.use('/api', (request) => {
    throw new UserError('not-found', `There is nothing at ${request.originalUrl.slice(0, 200)}.`, { status: 404 });
  });
  app.use(createStaticFiles(options.designerFolder));
  app.use((request) => {
    throw new UserError('not-found', `There is nothing at ${request.originalUrl.slice(0, 200)}.`, { status: 404 });
  });
  app.use(errorHandler(services.log));

  if (auth.setUpCode !== null && services.settings.read().users.length === 0) {
    const message = `Open the page and make the first administrator with this code: ${auth.setUpCode}`;
    services.log.warn({ setUpCode: auth.setUpCode }, message);
  }

  return {
    app,
    async close() {
      live.close();
    },
  };
}
