import { ActionIcon, Badge, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import type { ReplyFile } from '../../../../schemas/api/replies.ts';
import { maxFileBytes } from '../../../../schemas/api/replies.ts';
import { useAttachToReply, useDetachFromReply } from '../../../api/replies.ts';
import { formatSize } from '../../../shell/format.ts';
import { notifyError } from '../../../shell/notify.ts';

interface ReplyFilesProps {
  id: string;
  files: readonly ReplyFile[];
}

/** The files of an answer: they are on the server as soon as they are chosen. */
export function ReplyFiles({ id, files }: ReplyFilesProps) {
  const attach = useAttachToReply(id);
  const detach = useDetachFromReply(id);
  const choose = (chosen: readonly File[]) =>
    attach.mutate(chosen, { onError: (error) => notifyError(error, 'Not attached') });
  return (
    <Stack gap={6}>
      {files.length > 0 && (
        <Stack component="ul" gap={4} m={0} p={0} aria-label="Files of the answer" style={{ listStyle: 'none' }}>
          {files.map(({ id: file, name, size }) => (
            <Group component="li" key={file} gap={6} wrap="nowrap">
              <IconPaperclip size={15} aria-hidden style={{ flex: 'none' }} />
              <Text size="sm" truncate="end">
                <bdi>{name}</bdi>
              </Text>
              <Badge color="gray">{formatSize(size)}</Badge>
              <ActionIcon
                size="sm"
                aria-label={`Take out ${name}`}
                disabled={detach.isPending}
                onClick={() => detach.mutate(file, { onError: (error) => notifyError(error, 'Not taken out') })}
              >
                <IconX size={14} />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
      )}
      <Group gap="xs">
        <FileButton multiple onChange={choose}>
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<IconPaperclip size={14} />}
              loading={attach.isPending}
            >
              Attach files
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="var(--sluice-muted)">
          {formatSize(maxFileBytes)} at most together
        </Text>
      </Group>
    </Stack>
  );
}
