import {
  attachmentParamsSchema,
  inlinePicturesSchema,
  remotePicturesSchema,
} from '../../../schemas/api/mail-content.ts';
import { UserError } from '../../../schemas/errors.ts';
import { safeFileName } from '../../../schemas/file-name.ts';
import { getInteraction, getInteractionSource } from '../../intake/interactions.ts';
import { agents, everyRole } from '../access.ts';
import { attachmentDisposition } from '../content-disposition.ts';
import { route } from '../route.ts';

export const mailContentRoutes = [
  route({
    method: 'get',
    path: '/api/interactions/:id/attachments/:place',
    summary: 'One attachment of a mail, as a download',
    access: everyRole,
    params: attachmentParamsSchema,
    response: { media: 'application/octet-stream', description: 'Its bytes, decoded' },
    async handler({ params, services }) {
      const source = await getInteractionSource(services.store.read, params.id);
      const [part] = await services.parser.parts(source, { attachment: params.place });
      if (part === undefined) {
        const message = `This mail has no attachment ${params.place}. Load the page again to see those that it has.`;
        throw new UserError('attachment-not-found', message, { status: 404 });
      }
      return {
        headers: {
          // Never what the sender calls it: a browser must save it, and not try to show it.
          'Content-Type': 'application/octet-stream',
          'Content-Disposition': attachmentDisposition(safeFileName(part.name, `attachment-${params.place + 1}`)),
          'Content-Security-Policy': "sandbox; default-src 'none'",
          'X-Content-Type-Options': 'nosniff',
        },
        content: part.content,
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/interactions/:id/inline-pictures',
    summary: 'The pictures inside a mail that its HTML shows',
    access: everyRole,
    response: inlinePicturesSchema,
    async handler({ params, services }) {
      const source = await getInteractionSource(services.store.read, params.id);
      const parts = await services.parser.parts(source, 'pictures');
      return {
        items: parts.map(({ contentId, type, content }) => ({
          contentId,
          type,
          data: Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64'),
        })),
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/remote-pictures',
    summary:
      'Have this server load the pictures that a mail shows from elsewhere: their servers learn that it was opened, not by whom',
    isReading: true,
    access: agents,
    response: remotePicturesSchema,
    async handler({ params, caller, services }) {
      const { email } = await getInteraction(services.store.read, params.id);
      return services.remotePictures.load(email?.html ?? '', caller.id);
    },
  }),
];
