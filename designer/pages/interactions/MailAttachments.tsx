import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPaperclip } from '@tabler/icons-react';
import type { Attachment } from '../../../schemas/email.ts';
import { safeFileName } from '../../../schemas/file-name.ts';
import { attachmentUrl } from '../../api/mail-content.ts';
import { formatSize } from '../../shell/format.ts';
import { attachmentWord } from './attachment-words.ts';

/** What came with a mail, to be downloaded. */
export function MailAttachments({ id, attachments }: { id: string; attachments: readonly Attachment[] }) {
  return (
    <Stack gap={8} component="ul" m={0} p={0} aria-label="Attachments">
      {attachments.map((attachment, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an attachment is its place in the mail
        <AttachmentRow key={place} attachment={attachment} href={attachmentUrl(id, place)} place={place} />
      ))}
    </Stack>
  );
}

function AttachmentRow({ attachment, href, place }: { attachment: Attachment; href: string; place: number }) {
  const { type, size, inline } = attachment;
  const name = safeFileName(attachment.name, `attachment-${place + 1}`);
  const word = attachmentWord(name, type);
  return (
    <Group component="li" gap={8} wrap="nowrap" style={{ listStyle: 'none' }}>
      {word?.isDanger ? (
        <IconAlertTriangle size={15} aria-hidden style={{ flex: 'none' }} color="var(--mantine-color-orange-6)" />
      ) : (
        <IconPaperclip size={15} aria-hidden style={{ flex: 'none' }} />
      )}
      <Anchor href={href} download size="sm" truncate="end" title="Download">
        <bdi>{name}</bdi>
      </Anchor>
      {word && (
        <Badge color={word.isDanger ? 'orange' : 'gray'} flex="none">
          {word.text}
        </Badge>
      )}
      <Text size="xs" c="var(--sluice-muted)" style={{ whiteSpace: 'nowrap' }}>
        <bdi>{type}</bdi> · {formatSize(size)}
        {inline && ' · inline'}
      </Text>
    </Group>
  );
}
