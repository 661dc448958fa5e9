import { Textarea, TextInput } from '@mantine/core';

interface NoteForm {
  ca: string;
  description: string;
}

interface NoteFieldsProps {
  form: NoteForm;
  onChange: (part: Partial<NoteForm>) => void;
  /** A server of one's own is connected to, whose certificate may be of one's own, too. */
  hasServer: boolean;
}

/** Private authority and description: the last of what most mailboxes never need. */
export function NoteFields({ form, onChange, hasServer }: NoteFieldsProps) {
  return (
    <>
      {hasServer && (
        <Textarea
          label="Private certificate authority (PEM)"
          description="Only for a server whose certificate no public authority signed"
          autosize
          minRows={2}
          maxRows={8}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={form.ca}
          onChange={(event) => onChange({ ca: event.currentTarget.value })}
        />
      )}
      <TextInput
        label="Description"
        maxLength={500}
        value={form.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </>
  );
}
