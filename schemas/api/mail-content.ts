import Type from 'typebox';
import { closed } from '../closed.ts';

const data = Type.String({ description: 'Base64' });
const pictureTypeSchema = Type.String({ description: 'Media type by what the bytes are, e.g. image/png' });

export const attachmentParamsSchema = closed({
  id: Type.String(),
  place: Type.Integer({ minimum: 0, maximum: 10_000, description: 'Its place in `email.attachments`, from 0' }),
});

export const inlinePicturesSchema = closed({
  items: Type.Array(
    closed({ contentId: Type.String({ description: 'Without angle brackets' }), type: pictureTypeSchema, data }),
  ),
});

export const remotePicturesSchema = closed({
  items: Type.Array(closed({ url: Type.String(), type: pictureTypeSchema, data })),
  failed: Type.Array(closed({ url: Type.String(), reason: Type.String() })),
});

export type InlinePictures = Type.Static<typeof inlinePicturesSchema>;
export type RemotePictures = Type.Static<typeof remotePicturesSchema>;
