import { Button, Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileImport, IconPlus, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useFlows } from '../../api/flows.ts';
import { useMay } from '../../api/session.ts';
import { FlowFileDrop } from '../../files/FlowFileDrop.tsx';
import { chooseFile } from '../../files/flow-file.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { FlowTable } from './FlowTable.tsx';
import { NewFlowDialog } from './NewFlowDialog.tsx';
import { OpenFileDialog } from './OpenFileDialog.tsx';

export function FlowsPage() {
  const flows = useFlows();
  const mayDraw = useMay('draw');
  const [isCreating, dialog] = useDisclosure(false);
  const [file, setFile] = useState<File | null>(null);
  const create = mayDraw && (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} />}
        onClick={() => void chooseFile('application/json,.json').then((chosen) => chosen !== null && setFile(chosen))}
      >
        Open a file
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
        New flow
      </Button>
    </>
  );

  return (
    <Page title="Flows" description="A flow decides what happens to a mail. What is published runs." actions={create}>
      <Resource query={flows} name="The flows">
        {({ items }) =>
          items.length === 0 ? (
            <Paper radius="md">
              <EmptyNote icon={IconRoute} title="No flow yet" action={create}>
                Draw one, try it on a mail, and publish it. Then make a route from an address to it in Settings.
              </EmptyNote>
            </Paper>
          ) : (
            <FlowTable flows={items} />
          )
        }
      </Resource>
      <NewFlowDialog
        opened={isCreating}
        onClose={dialog.close}
        taken={flows.data?.items.map((flow) => flow.id) ?? []}
      />
      {mayDraw && <FlowFileDrop words="Open the flow" onFile={setFile} />}
      {file !== null && flows.data !== undefined && (
        <OpenFileDialog file={file} flows={flows.data.items} onClose={() => setFile(null)} />
      )}
    </Page>
  );
}
