import { Code, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useStore } from 'zustand';
import { keyOfAction } from '../../schemas/sheet.ts';
import { JsonText } from '../fields/JsonText.tsx';
import { useEditor } from '../state/useEditor.ts';
import { choiceOf, dataActions, type ServiceChoice, type ServiceChoicesStore } from './service-choices.ts';
import classes from './TryPanel.module.css';
import type { TryStore } from './try-store.ts';

const ways: readonly { value: ServiceChoice['by']; label: string }[] = [
  { value: 'service', label: 'Really call the service' },
  { value: 'hand', label: 'Answer by hand' },
  { value: 'timeout', label: 'No answer in time' },
  { value: 'unreachable', label: 'Service is away' },
];

/** Who answers each data action, those of the tasks and of the modules that were called too. Remembered for the flow. */
export function ServiceAnswers({ trial, services }: { trial: TryStore; services: ServiceChoicesStore }) {
  const flow = useEditor((state) => state.history.flow);
  const exchanges = useStore(trial, (state) => state.result?.exchanges);
  const choices = useStore(services, (state) => state.choices);
  return (
    <Stack gap={8}>
      {dataActions(flow, exchanges).map((asking) => {
        const { name, url, task } = asking;
        const key = keyOfAction(asking);
        const choice = choiceOf(choices, key);
        const change = (part: Partial<ServiceChoice>) => services.getState().change(key, { ...choice, ...part });
        return (
          <fieldset key={key} className={classes.service}>
            <legend>
              <Text size="sm" fw={600}>
                {name}
                {task !== undefined && flow.tasks?.[task] !== undefined && (
                  <Text span size="xs" c="var(--sluice-muted)">
                    {' '}
                    in {flow.tasks[task].name}
                  </Text>
                )}
              </Text>
            </legend>
            <Stack gap={6}>
              <Code fz={11} className={classes.url}>
                {url}
              </Code>
              <Select
                size="xs"
                aria-label={`${name}: who answers`}
                data={ways}
                value={choice.by}
                allowDeselect={false}
                onChange={(by) => change({ by: ways.find(({ value }) => value === by)?.value ?? 'service' })}
              />
              {choice.by === 'hand' && (
                <>
                  <NumberInput
                    size="xs"
                    label="Status"
                    min={100}
                    max={599}
                    clampBehavior="strict"
                    allowDecimal={false}
                    value={choice.status}
                    onChange={(status) => typeof status === 'number' && status >= 100 && change({ status })}
                  />
                  <JsonText label="Answer" value={choice.body} rows={3} onChange={(body) => change({ body })} />
                </>
              )}
            </Stack>
          </fieldset>
        );
      })}
    </Stack>
  );
}
