import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Flow } from '../../../schemas/flow.ts';
import { CompareView } from '../../compare/CompareView.tsx';
import { Dialog } from '../../shell/Dialog.tsx';
import { useEditor } from '../../state/useEditor.ts';
import classes from './PublishDialog.module.css';

interface TakeOverDialogProps {
  title: string;
  /** What would be on the canvas. */
  flow: Flow;
  /** Above the changes. */
  head?: ReactNode;
  /** What becomes of the present draft. */
  note: string;
  verb: string;
  onTakeOver: () => void;
  onClose: () => void;
}

/** Another document in place of what is drawn: what would change is shown first. */
export function TakeOverDialog({ title, flow, head, note, verb, onTakeOver, onClose }: TakeOverDialogProps) {
  const present = useEditor((state) => state.history.flow);
  return (
    <Dialog
      onClose={onClose}
      title={title}
      size="min(1240px, 96vw)"
      classNames={{ body: classes.body, content: classes.content }}
    >
      <div className={classes.compare}>
        <CompareView
          label="What would change on the canvas"
          before={present}
          after={flow}
          head={
            <>
              {head}
              <Text className={classes.against}>What changes against what is on the canvas</Text>
            </>
          }
        />
      </div>
      <Group className={classes.form} justify="flex-end" gap="sm">
        <Text size="sm" c="var(--sluice-muted)" style={{ flex: '1 1 300px' }}>
          {note}
        </Text>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={onTakeOver} data-autofocus>
          {verb}
        </Button>
      </Group>
    </Dialog>
  );
}
