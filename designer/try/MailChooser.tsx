import {
  Button,
  Checkbox,
  FileButton,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconFileUpload, IconPlayerPlay } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import type { TryBody } from '../../schemas/api/try.ts';
import { useInteractions } from '../api/interactions.ts';
import classes from './TryPanel.module.css';
import { base64, mailSource, type WrittenMail } from './written-mail.ts';

type MailBody = Pick<TryBody, 'eml' | 'emlBase64' | 'interaction'>;
type Way = 'write' | 'source' | 'past';

/** The server takes no more than this in one request. */
const maxFileBytes = 40_000_000;

/** Which mail to try: written here, a file or its source, or one that came in. */
export function MailChooser({ onTry, isTrying }: { onTry: (body: MailBody) => void; isTrying: boolean }) {
  const [way, setWay] = useState<Way>('write');
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        fullWidth
        data={ways}
        value={way}
        onChange={(next) => setWay(next === 'past' || next === 'source' ? next : 'write')}
        aria-label="Which mail to try"
      />
      {way === 'write' && <Written onTry={onTry} isTrying={isTrying} />}
      {way === 'source' && <Source onTry={onTry} isTrying={isTrying} />}
      {way === 'past' && <Past onTry={onTry} isTrying={isTrying} />}
    </Stack>
  );
}

const ways = [
  { value: 'write', label: 'Write one' },
  { value: 'source', label: 'File or source' },
  { value: 'past', label: 'Past mail' },
];

interface WayProps {
  onTry: (body: MailBody) => void;
  isTrying: boolean;
}

function Written({ onTry, isTrying }: WayProps) {
  const [mail, setMail] = useState<WrittenMail>({
    from: 'Kim Example <kim@example.com>',
    subject: '[URGENT] Nothing works',
    text: 'Hello,\n\nsince this morning I cannot sign in. Please help.\n\nKim',
    isAutomatic: false,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onTry({ eml: mailSource(mail) });
      }}
    >
      <Stack gap={8}>
        <TextInput
          size="xs"
          label="From"
          value={mail.from}
          onChange={({ currentTarget }) => setMail({ ...mail, from: currentTarget.value })}
        />
        <TextInput
          size="xs"
          label="Subject"
          value={mail.subject}
          onChange={({ currentTarget }) => setMail({ ...mail, subject: currentTarget.value })}
        />
        <Textarea
          size="xs"
          label="Text"
          autosize
          minRows={3}
          maxRows={8}
          value={mail.text}
          onChange={({ currentTarget }) => setMail({ ...mail, text: currentTarget.value })}
        />
        <Checkbox
          size="xs"
          label="It is an automatic reply"
          checked={mail.isAutomatic}
          onChange={({ currentTarget }) => setMail({ ...mail, isAutomatic: currentTarget.checked })}
        />
        <TryButton isTrying={isTrying} isOff={false} />
      </Stack>
    </form>
  );
}

function Source({ onTry, isTrying }: WayProps) {
  const [text, setText] = useState('');
  const [mistake, setMistake] = useState<string | null>(null);
  const [isOver, setIsOver] = useState(false);
  const tryFile = async (file: File | null | undefined) => {
    if (!file) return;
    if (file.size > maxFileBytes)
      return setMistake('The file is larger than 40 MB, more than any mail that Sluice takes.');
    setMistake(null);
    onTry({ emlBase64: base64(new Uint8Array(await file.arrayBuffer())) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void tryFile(event.dataTransfer.files[0]);
  };
  return (
    <form
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      onSubmit={(event) => {
        event.preventDefault();
        onTry({ eml: text });
      }}
    >
      <Stack gap={8}>
        <FileButton accept=".eml,message/rfc822" onChange={(file) => void tryFile(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={15} />} loading={isTrying}>
              Drop an .eml file here, or choose one
            </Button>
          )}
        </FileButton>
        <Textarea
          size="xs"
          label="Or paste the source of a mail"
          placeholder={'From: …\nSubject: …\n\nText'}
          autosize
          minRows={5}
          maxRows={12}
          value={text}
          error={mistake}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 11.5 } }}
        />
        <TryButton isTrying={isTrying} isOff={text.trim() === ''} />
      </Stack>
    </form>
  );
}

function Past({ onTry, isTrying }: WayProps) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error } = useInteractions({}, 50);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) onTry({ interaction: chosen });
      }}
    >
      <Stack gap={8}>
        <Select
          size="xs"
          label="One of the last 50 mails"
          placeholder={items.length === 0 ? 'No mail has come in yet' : 'Find by subject or sender'}
          data={items.map((item) => ({ value: item.id, label: `${item.subject || '(no subject)'} · ${item.from}` }))}
          value={chosen}
          onChange={setChosen}
          searchable
          searchValue={search}
          onSearchChange={setSearch}
          nothingFoundMessage="No such mail"
          error={error?.message}
        />
        <Text size="xs" c="var(--sluice-muted)">
          Nothing is sent and nothing moves: the mail only runs through this draft.
        </Text>
        <TryButton isTrying={isTrying} isOff={chosen === null} />
      </Stack>
    </form>
  );
}

function TryButton({ isTrying, isOff }: { isTrying: boolean; isOff: boolean }) {
  return (
    <Group>
      <Button type="submit" fullWidth leftSection={<IconPlayerPlay size={14} />} loading={isTrying} disabled={isOff}>
        Try it
      </Button>
    </Group>
  );
}
