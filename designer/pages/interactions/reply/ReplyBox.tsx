import { Alert, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconSend, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import {
  maxReplyCharacters,
  type ReplyDraftBody,
  type ReplyStart,
  type SentReply,
} from '../../../../schemas/api/replies.ts';
import { useDiscardReplyDraft, useSendReply } from '../../../api/replies.ts';
import { confirm } from '../../../shell/confirm.tsx';
import { ErrorNote } from '../../../shell/ErrorNote.tsx';
import { notifyError } from '../../../shell/notify.ts';
import { RelativeTime } from '../../../shell/RelativeTime.tsx';
import { AddedBelow } from './AddedBelow.tsx';
import { ReplyAddresses } from './ReplyAddresses.tsx';
import { ReplyFiles } from './ReplyFiles.tsx';
import { firstDraft, missing, newKey, type ReplyMode } from './reply-form.ts';
import { type Kept, useKeptDraft } from './useKeptDraft.ts';

interface ReplyBoxProps {
  id: string;
  start: ReplyStart;
  mode: ReplyMode;
  /** The newest reply of somebody else in the conversation. */
  newest: SentReply | undefined;
  /** Closed with its draft kept. */
  onClose: () => void;
  /** Sent or thrown away. */
  onDone: () => void;
}

/** An answer being written. It is kept on the server while one types. */
export function ReplyBox({ id, start, mode, newest, onClose, onDone }: ReplyBoxProps) {
  const [draft, setDraft] = useState<ReplyDraftBody>(() => firstDraft(start, mode));
  const [key] = useState(newKey);
  const [lastSeen, setLastSeen] = useState(newest?.id ?? '');
  const [isTried, setTried] = useState(false);
  const { kept, flush, forget } = useKeptDraft(id, draft);
  const send = useSendReply(id);
  const discard = useDiscardReplyDraft(id);
  const problems = missing(draft);
  const change = (part: Partial<ReplyDraftBody>) => setDraft((before) => ({ ...before, ...part }));

  const submit = async (finish: boolean) => {
    setTried(true);
    if (problems !== null || send.isPending) return;
    await forget();
    send.mutate(
      { ...draft, files: start.files.map(({ id: file }) => file), key, finish, lastSeen },
      { onSuccess: onDone },
    );
  };
  const throwAway = async () => {
    await forget();
    discard.mutate(undefined, { onSuccess: onDone, onError: (error) => notifyError(error, 'Not discarded') });
  };
  const askToDiscard = () => {
    if (draft.text.trim() === '' && start.files.length === 0) void throwAway();
    else
      confirm({
        title: 'Discard the answer?',
        text: 'What you have written and attached is lost. To go on later, close it instead: the draft stays.',
        yes: 'Discard',
        onYes: () => void throwAway(),
      });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit(event.shiftKey);
    } else if (event.key === 'Escape' && !isOpenList(event.target)) {
      event.preventDefault();
      void flush().then(onClose);
    }
  };

  return (
    <Paper p="md" radius="md" component="section" aria-label="Answer" onKeyDown={onKeyDown}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2}>Answer</Title>
          <Text size="xs" c="var(--sluice-muted)" role="status">
            {keptWords[kept]}
          </Text>
        </Group>
        {start.warnings.map((warning) => (
          <Alert key={warning} color="yellow" p="xs" icon={<IconAlertTriangle size={16} />}>
            {warning}
          </Alert>
        ))}
        {newest !== undefined && newest.id > lastSeen && (
          <Alert color="orange" p="xs" icon={<IconAlertTriangle size={16} />} role="alert">
            <Group gap="xs" justify="space-between">
              <Text size="sm">
                <bdi>{newest.whoName}</bdi> answered this conversation <RelativeTime at={newest.at} />.
              </Text>
              <Button variant="default" size="compact-xs" onClick={() => setLastSeen(newest.id)}>
                I have read it
              </Button>
            </Group>
          </Alert>
        )}
        <ReplyAddresses start={start} draft={draft} onChange={change} problem={isTried ? problems?.to : undefined} />
        <Textarea
          label="Text"
          autosize
          minRows={7}
          maxRows={24}
          dir="auto"
          autoFocus
          maxLength={maxReplyCharacters}
          error={isTried ? problems?.text : undefined}
          value={draft.text}
          onChange={({ currentTarget }) => change({ text: currentTarget.value })}
        />
        <AddedBelow start={start} quote={draft.quote} onQuote={(quote) => change({ quote })} />
        <ReplyFiles id={id} files={start.files} />
        {send.error && <ErrorNote error={send.error} title="Not sent" />}
        <Group gap="xs">
          <Button
            leftSection={<IconCheck size={16} />}
            loading={send.isPending}
            aria-keyshortcuts="Control+Shift+Enter"
            title="Ctrl+Shift+Enter"
            onClick={() => void submit(true)}
          >
            Send and finish
          </Button>
          <Button
            variant="default"
            leftSection={<IconSend size={16} />}
            disabled={send.isPending}
            aria-keyshortcuts="Control+Enter"
            title="Ctrl+Enter"
            onClick={() => void submit(false)}
          >
            Send
          </Button>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={16} />}
            disabled={send.isPending || discard.isPending}
            ml="auto"
            onClick={askToDiscard}
          >
            Discard
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

const keptWords: Readonly<Record<Kept, string>> = {
  nothing: 'Esc closes it, the draft stays',
  changed: 'Not saved yet',
  saved: 'Draft saved',
  failed: 'The draft could not be saved; it is tried again with the next letter',
};

/** Escape closes an open list first. */
function isOpenList(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true';
}
