import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { type Fallback, fallbackSchema } from '../../schemas/flow.ts';
import type { Issue } from '../../schemas/issue.ts';
import { mainSheet } from '../../schemas/sheet.ts';
import { errorOf } from '../fields/error-of.tsx';
import { NumberField } from '../fields/NumberField.tsx';
import { QueueField } from '../fields/QueueField.tsx';
import { SkillsField } from '../fields/SkillsField.tsx';
import { changeFlowSettings } from '../state/commands/change-flow-settings.ts';
import { setEntry } from '../state/commands/set-entry.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { ActionSelect } from './ActionSelect.tsx';
import { Section } from './Section.tsx';
import { CallVariables } from './variables/CallVariables.tsx';
import { VariableList } from './variables/VariableList.tsx';

/** The flow itself: what it is called, where it starts, its variables, and where a mail goes when a run fails. */
export function FlowInspector({ issues }: { issues: readonly Issue[] }) {
  const store = useEditorStore();
  const flow = useEditor((state) => state.history.flow);
  const { run } = store.getState();
  const isModule = flow.type === 'module';
  const entries = useMemo(
    () => Object.entries(flow.actions).map(([value, { name }]) => ({ value, label: name || value })),
    [flow.actions],
  );
  const at = (path: string) => issues.filter((issue) => issue.path === path || issue.path.startsWith(`${path}/`));
  const { priority, skills, queue } = flow.fallback;
  const changeFallback = (change: { [K in keyof Fallback]?: Fallback[K] | undefined }) => {
    const merged = { queue, priority, skills, ...change };
    run(
      changeFlowSettings({
        fallback: {
          queue: merged.queue ?? '',
          ...(merged.priority === undefined ? {} : { priority: merged.priority }),
          ...(merged.skills === undefined ? {} : { skills: merged.skills }),
        },
      }),
    );
  };
  return (
    <Stack gap="md" p="md">
      <div>
        <Text fw={600} size="md">
          {isModule ? 'Module settings' : 'Flow settings'}
        </Text>
        <Text size="xs" c="var(--sluice-muted)">
          Select a card to see its settings.
        </Text>
      </div>
      <TextInput
        label="Name"
        withAsterisk
        value={flow.name}
        maxLength={200}
        onChange={({ currentTarget }) => run(changeFlowSettings({ name: currentTarget.value }))}
        error={errorOf(at('/name'))}
      />
      <Textarea
        label="Description"
        value={flow.description ?? ''}
        maxLength={10_000}
        autosize
        minRows={2}
        maxRows={8}
        onChange={({ currentTarget }) => run(changeFlowSettings({ description: currentTarget.value }))}
      />
      <ActionSelect
        label="Starts with"
        placeholder="Nothing yet"
        data={entries}
        value={Object.hasOwn(flow.actions, flow.entry) ? flow.entry : null}
        onChange={(id) => id !== null && run(setEntry(id))}
        allowDeselect={false}
        error={errorOf(at('/entry'))}
      />
      {isModule && <CallVariables sheet={mainSheet} issues={issues} />}
      {!isModule && (
        <Section title="Fallback">
          <Text size="xs" c="var(--sluice-muted)">
            Where a mail goes when a step fails or an outcome leads nowhere. No mail is dropped in silence.
          </Text>
          <QueueField
            id="fallback-queue"
            label="Queue"
            value={queue}
            onChange={(next) => changeFallback({ queue: typeof next === 'string' ? next : '' })}
            isRequired
            schema={fallbackSchema.properties.queue}
            path="/fallback/queue"
            issues={at('/fallback/queue')}
          />
          <NumberField
            id="fallback-priority"
            label="Priority"
            value={priority}
            onChange={(next) => changeFallback({ priority: typeof next === 'number' ? next : undefined })}
            isRequired={false}
            schema={fallbackSchema.properties.priority}
            path="/fallback/priority"
            issues={at('/fallback/priority')}
          />
          <SkillsField
            id="fallback-skills"
            label="Skills"
            value={skills}
            onChange={(next) => changeFallback({ skills: Array.isArray(next) ? next : undefined })}
            isRequired={false}
            schema={fallbackSchema.properties.skills}
            path="/fallback/skills"
            issues={at('/fallback/skills')}
          />
        </Section>
      )}
      <Section title="Variables">
        <VariableList issues={at('/variables')} />
      </Section>
    </Stack>
  );
}
