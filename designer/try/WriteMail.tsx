import { Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ChooserProps } from './chooser.ts';
import { TryButton } from './TryButton.tsx';
import { mailSource, type WrittenMail } from './written-mail.ts';

/** A mail by its few parts that flows mostly ask for. */
export function WriteMail({ onTry, isTrying }: ChooserProps) {
  const [mail, setMail] = useState<WrittenMail>({
    from: 'Kim Example <kim@example.com>',
    to: 'support@demo.test',
    subject: '[URGENT] Nothing works',
    text: 'Hello,\n\nsince this morning I cannot sign in. Please help.\n\nKim',
    isAutomatic: false,
  });
  const textInput = (label: string, key: 'from' | 'to' | 'subject') => (
    <TextInput
      size="xs"
      label={label}
      value={mail[key]}
      onChange={({ currentTarget }) => setMail({ ...mail, [key]: currentTarget.value })}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onTry({ eml: mailSource(mail) });
      }}
    >
      <Stack gap={8}>
        {textInput('From', 'from')}
        {textInput('To', 'to')}
        {textInput('Subject', 'subject')}
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
        <TryButton isTrying={isTrying} />
      </Stack>
    </form>
  );
}
