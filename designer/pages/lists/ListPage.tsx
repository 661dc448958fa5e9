import { Button, FileButton, Group, Paper, Stack, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { ListView } from '../../../schemas/api/lists.ts';
import { maxListValues } from '../../../schemas/named-list.ts';
import { useChangeList, useDeleteList, useList } from '../../api/lists.ts';
import { useMay } from '../../api/session.ts';
import { toCsv } from '../../fields/values/read-table.ts';
import { ValuesEditor } from '../../fields/values/ValuesEditor.tsx';
import { BackLink } from '../../shell/BackLink.tsx';
import { download } from '../../shell/download.ts';
import { EntryMenu } from '../../shell/form/EntryMenu.tsx';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { UsedBy } from '../../shell/UsedBy.tsx';
import { ChangedElsewhere } from './ChangedElsewhere.tsx';
import { mergeValues } from './merge-values.ts';

/** The values of one list. */
export function ListPage() {
  const { id = '' } = useParams();
  const list = useList(id);
  const mayDraw = useMay('draw');
  return (
    <Page
      title={list.data?.name ?? id}
      back={<BackLink to="/lists">Lists</BackLink>}
      description={list.data?.description}
      actions={list.data && mayDraw && <ListMenu list={list.data} />}
      width="narrow"
    >
      <Resource query={list} name="The list" rows={8}>
        {(stored) => <ListForm key={stored.id} list={stored} isReadOnly={!mayDraw} />}
      </Resource>
    </Page>
  );
}

function ListForm({ list, isReadOnly }: { list: ListView; isReadOnly: boolean }) {
  const change = useChangeList(list.id);
  const save = {
    isPending: change.isPending,
    error: change.error,
    mutate: ({ values, revision }: Edited, options: { onSuccess: () => void }) =>
      change.mutate({ values: [...values], revision }, options),
  };
  // What an edit began with stays with it, however often the list is saved elsewhere meanwhile.
  const stored: Edited = { values: list.values, base: list.values, revision: list.revision };
  return (
    <Paper p="md" radius="md">
      <Stack gap="md">
        <Group gap={6}>
          <Text size="sm" c="var(--sluice-muted)">
            Used by
          </Text>
          <UsedBy flows={list.usedBy} filters={list.filters} />
        </Group>
        {isReadOnly ? (
          <ValuesEditor label="Values" values={list.values} onChange={() => {}} isReadOnly most={maxListValues} />
        ) : (
          <StoredForm
            stored={stored}
            save={save}
            actions={({ values }) => <FileActions id={list.id} values={values} />}
          >
            {({ values, base, revision }, edit) => (
              <>
                <Values values={values} onChange={(next) => edit({ values: next })} usedBy={list.usedBy.length} />
                {revision !== list.revision && (
                  <ChangedElsewhere
                    base={base}
                    mine={values}
                    theirs={list.values}
                    onMerge={() => {
                      change.reset();
                      edit({ ...stored, values: mergeValues({ base, mine: values, theirs: list.values }) });
                    }}
                  />
                )}
              </>
            )}
          </StoredForm>
        )}
      </Stack>
    </Paper>
  );
}

interface Edited {
  values: readonly string[];
  /** The values, and their revision, that the edit began with. */
  base: readonly string[];
  revision: string;
}

interface ValuesProps {
  values: readonly string[];
  onChange: (values: string[]) => void;
  usedBy: number;
}

function Values({ values, onChange, usedBy }: ValuesProps) {
  const [file, setFile] = useState<{ text: string; at: number } | null>(null);
  const read = async (chosen: File | null) => {
    if (chosen === null) return;
    if (chosen.size > 10_000_000) {
      notifyError(new Error('The file is larger than 10 MB, more than a list can hold.'), 'Not imported');
      return;
    }
    setFile({ text: await chosen.text(), at: Date.now() });
  };
  return (
    <Stack gap="sm">
      <FileButton accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(chosen) => void read(chosen)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload size={15} />} w="fit-content">
            Import a CSV file
          </Button>
        )}
      </FileButton>
      <ValuesEditor
        key={file?.at}
        label="Values"
        values={values}
        onChange={onChange}
        most={maxListValues}
        {...(file === null ? {} : { given: file.text })}
        placeholder="An address, a domain such as acme.test, a word; or paste a column of a spreadsheet"
      />
      {usedBy > 0 && (
        <Text size="xs" c="var(--sluice-muted)">
          Saving changes what {usedBy === 1 ? 'the flow' : `the ${usedBy} flows`} above decide, from the next mail on.
        </Text>
      )}
    </Stack>
  );
}

function FileActions({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={15} />}
      disabled={values.length === 0}
      onClick={() => download(`${id}.csv`, toCsv(values), 'text/csv')}
    >
      Export as CSV
    </Button>
  );
}

function ListMenu({ list }: { list: ListView }) {
  return (
    <EntryMenu
      noun="list"
      entry={list}
      change={useChangeList(list.id)}
      remove={useDeleteList()}
      loss="Its values are lost. Drafts that look values up in it fail their checks from then on."
      home="/lists"
    />
  );
}
