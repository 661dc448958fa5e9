import { Button, FileButton, Stack, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { messageOf } from '../shell/ErrorNote.tsx';
import type { ChooserProps } from './chooser.ts';
import { mailFromFile } from './mail-file.ts';
import { TryButton } from './TryButton.tsx';

/** A mail as a file, or as its source in the clipboard. Files are also dropped anywhere on the panel. */
export function MailSource({ onTry, isTrying }: ChooserProps) {
  const [text, setText] = useState('');
  const [mistake, setMistake] = useState<string | null>(null);
  const choose = async (file: File | null) => {
    if (file === null) return;
    try {
      onTry(await mailFromFile(file));
    } catch (thrown) {
      setMistake(messageOf(thrown));
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onTry({ eml: text });
      }}
    >
      <Stack gap={8}>
        <FileButton accept=".eml,message/rfc822" onChange={(file) => void choose(file)}>
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
