import { NumberInput, SegmentedControl, Select, SimpleGrid, Stack, TagsInput } from '@mantine/core';
import { useFlows } from '../../api/flows.ts';
import { useSkills } from '../../api/skills.ts';
import { QueuePicker } from '../../fields/pickers/QueuePicker.tsx';
import type { RouteFieldsProps } from './route-fields.ts';

export function TargetFields({ form, onChange }: RouteFieldsProps) {
  const flows = useFlows().data?.items.filter(({ type }) => type !== 'module') ?? [];
  const skills = useSkills().data?.items.map(({ name }) => name) ?? [];
  const flowData = flows.map((flow) => ({ value: flow.id, label: flow.name }));
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Leads to"
        w="fit-content"
        data={[
          { value: 'flow', label: 'A flow' },
          { value: 'queue', label: 'Straight to a queue' },
        ]}
        value={form.leadsTo}
        onChange={(value) => onChange({ leadsTo: value === 'queue' ? 'queue' : 'flow' })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {form.leadsTo === 'flow' ? (
          <Select
            label="Flow"
            placeholder="Choose a flow"
            required
            searchable
            allowDeselect={false}
            data={flowData}
            value={form.flow || null}
            onChange={(flow) => onChange({ flow: flow ?? '' })}
          />
        ) : (
          <>
            <QueuePicker label="Queue" value={form.queue} onChange={(queue) => onChange({ queue })} />
            <NumberInput
              label="Priority"
              description="One point counts as one minute of waiting"
              allowDecimal={false}
              min={-25_000_000}
              max={25_000_000}
              value={form.priority}
              onChange={(priority) => onChange({ priority: Number(priority) })}
            />
            <TagsInput
              label="Skills"
              placeholder={form.skills.length === 0 ? 'None' : ''}
              data={skills}
              maxTags={50}
              value={form.skills}
              onChange={(next) => onChange({ skills: next })}
            />
          </>
        )}
        <Select
          label="Flow for spam"
          description="For mail that its server marked as spam"
          placeholder="As all other mail"
          clearable
          searchable
          data={flowData}
          value={form.spamFlow || null}
          onChange={(flow) => onChange({ spamFlow: flow ?? '' })}
        />
      </SimpleGrid>
    </Stack>
  );
}
