import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPaperclip } from '@tabler/icons-react';
import type { Attachment } from '../../../schemas/email.ts';
import { safeFileName } from '../../../schemas/file-name.ts';
import { attachmentUrl } from '../../api/mail-content.ts';
import { formatSize } from '../../shell/format.ts';
import { attachmentWord } from './attachment-words.ts';

interface MailAttachmentsProps {
  id: string;
  attachments: readonly Attachment[];
  /** False where only their names are left. */
  isHere: boolean;
}

/** What came with a mail, to be downloaded. */
export function MailAttachments({ id, attachments, isHere }: MailAttachmentsProps) {
  return (
    <Stack gap={8} component="ul" m={0} p={0} aria-label="Attachments">
      {attachments.map((attachment, place) => {
        const href = isHere ? attachmentUrl(id, place) : null;
        // biome-ignore lint/suspicious/noArrayIndexKey: an attachment is its place in the mail
        return <AttachmentRow key={place} attachment={attachment} href={href} place={place} />;
      })}
    </Stack>
  );
}

interface AttachmentRowProps {
  attachment: Attachment;
  href: string | null;
  place: number;
}

function AttachmentRow({ attachment, href, place }: AttachmentRowProps) {
  const { type, size, inline, within } = attachment;
  const name = safeFileName(attachment.name, `attachment-${place + 1}`);
  const word = attachmentWord(name, type);
  return (
    <Group component="li" gap={8} wrap="nowrap" style={{ listStyle: 'none' }}>
      {word?.isDanger ? (
        <IconAlertTriangle size={15} aria-hidden style={{ flex: 'none' }} color="var(--mantine-color-orange-6)" />
      ) : (
        <IconPaperclip size={15} aria-hidden style={{ flex: 'none' }} />
      )}
      {href === null ? (
        <Text size="sm" truncate="end">
          <bdi>{name}</bdi>
        </Text>
      ) : (
        <Anchor href={href} download size="sm" truncate="end" title="Download">
          <bdi>{name}</bdi>
        </Anchor>
      )}
      {word && (
        <Badge color={word.isDanger ? 'orange' : 'gray'} flex="none">
          {word.text}
        </Badge>
      )}
      <Text size="xs" c="var(--sluice-muted)" style={{ whiteSpace: 'nowrap' }}>
        <bdi>{type}</bdi> · {formatSize(size)}
        {inline && ' · inline'}
        {within !== undefined && (
          <>
            {' '}
            · unpacked from <bdi>{safeFileName(within, 'winmail.dat')}</bdi>
          </>
        )}
      </Text>
    </Group>
  );
}
