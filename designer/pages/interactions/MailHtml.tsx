import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPhoto, IconShieldLock } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useInlinePictures, useRemotePictures } from '../../api/mail-content.ts';
import { useMay } from '../../api/session.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { cleanMailHtml, frameSandbox, inlineKey, type Pictures } from './clean-mail-html.ts';
import classes from './MailPanel.module.css';

interface MailHtmlProps {
  html: string;
  /** Of a mail that came: its own pictures are shown, and those from elsewhere can be loaded. */
  interaction?: string;
}

export function MailHtml({ html, interaction }: MailHtmlProps) {
  const bare = useMemo(() => cleanMailHtml(html), [html]);
  const inline = useInlinePictures(interaction, bare.lacksInline);
  const remote = useRemotePictures(interaction);
  const mayLoad = useMay('handle') && interaction !== undefined;
  const pictures = useMemo(() => collect(inline.data, remote.data), [inline.data, remote.data]);
  const { document, blocked } = useMemo(
    () => (pictures.size === 0 ? bare : cleanMailHtml(html, pictures)),
    [bare, html, pictures],
  );

  return (
    <Stack gap="xs">
      <Group gap={6} justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap={6} wrap="nowrap" align="flex-start" c="var(--sluice-muted)">
          <IconShieldLock size={15} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
          <Text size="xs" role="status">
            {told(blocked, remote.data)}
          </Text>
        </Group>
        {mayLoad && blocked > 0 && !remote.data && (
          <Button
            variant="default"
            size="compact-xs"
            flex="none"
            leftSection={<IconPhoto size={14} />}
            loading={remote.isPending}
            title="This server fetches them: the sender can tell that the mail was opened, not by whom or from where"
            onClick={() => remote.mutate()}
          >
            Load pictures
          </Button>
        )}
      </Group>
      {remote.error && <ErrorNote error={remote.error} title="Pictures not loaded" onRetry={() => remote.mutate()} />}
      {inline.error && (
        <ErrorNote
          error={inline.error}
          title="The mail’s own pictures are missing"
          onRetry={() => void inline.refetch()}
        />
      )}
      <iframe
        // A frame of its own for each document: Chromium leaves one blank, or as it was, that is given another while it still loads.
        key={document}
        className={classes.frame}
        title="The mail as HTML"
        sandbox={frameSandbox}
        referrerPolicy="no-referrer"
        srcDoc={document}
      />
    </Stack>
  );
}

function collect(
  inline: ReturnType<typeof useInlinePictures>['data'],
  remote: ReturnType<typeof useRemotePictures>['data'],
): Pictures {
  const pictures = new Map<string, string>();
  for (const { contentId, type, data } of inline?.items ?? []) {
    pictures.set(inlineKey(contentId), `data:${type};base64,${data}`);
  }
  for (const { url, type, data } of remote?.items ?? []) pictures.set(url, `data:${type};base64,${data}`);
  return pictures;
}

function told(blocked: number, remote: ReturnType<typeof useRemotePictures>['data']): string {
  const items = (count: number) => `${count} remote ${count === 1 ? 'item was' : 'items were'} not loaded`;
  if (remote !== undefined) {
    const [first] = remote.failed;
    const failed = first === undefined ? '' : `, ${remote.failed.length} failed (${first.reason})`;
    const left = blocked === 0 ? '' : `; ${items(blocked)}`;
    return `Shown without scripts. ${remote.items.length} remote pictures loaded${failed}${left}.`;
  }
  if (blocked === 0) return 'Shown without scripts.';
  return `Shown without scripts; ${items(blocked)}, so the sender cannot tell that it was read.`;
}
