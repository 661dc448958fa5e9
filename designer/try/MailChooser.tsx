import { SegmentedControl, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ChooserProps } from './chooser.ts';
import { MailSource } from './MailSource.tsx';
import { PastMail } from './PastMail.tsx';
import { WriteMail } from './WriteMail.tsx';

const ways: Readonly<Record<string, { label: string; Form: (props: ChooserProps) => ReactNode }>> = {
  write: { label: 'Write one', Form: WriteMail },
  source: { label: 'File or source', Form: MailSource },
  past: { label: 'Past mail', Form: PastMail },
};

/** Which mail to try: written here, a file or its source, or one that came in. */
export function MailChooser(props: ChooserProps) {
  const [way, setWay] = useState('write');
  const Form = ways[way]?.Form ?? WriteMail;
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        fullWidth
        data={Object.entries(ways).map(([value, { label }]) => ({ value, label }))}
        value={way}
        onChange={setWay}
        aria-label="Which mail to try"
      />
      <Form {...props} />
    </Stack>
  );
}
