import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The page loads nothing from elsewhere and evaluates no text as script. Exceptions, and for whom:
 * - inline styles: Mantine writes its theme into style elements and the sandboxed frame that shows a mail inherits this policy
 *   with the mail's own style attributes. Styles alone can load nothing, because images and fonts stay limited.
 * - data: images, for icons and for inline pictures of mails.
 */
export function createSecurityHeaders(publicUrl: string | undefined): RequestHandler {
  const https = publicUrl?.startsWith('https:') ?? false;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The checks of a flow run in a worker of the page's own.
        workerSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // A promise for this host name on every port: only where the operator has said that it is served by https.
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}
