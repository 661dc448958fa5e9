import { Code, Table, Text } from '@mantine/core';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { describeValue } from '../../schemas/wording/describe-logic.ts';
import { type VariableAt, variablesAt } from './variables-at.ts';

const ownerWords: Readonly<Record<VariableAt['owner'], string>> = {
  flow: 'Of the flow',
  module: 'Of the module',
  task: 'Of the task',
};

/** Every variable of the flow, and of the task or module that is looked at, before and after the step, or at the end. */
export function TriedVariables({ flow, run, step }: { flow: Partial<Flow>; run: Run; step: number | null }) {
  const variables = variablesAt(flow, run, step);
  if (variables.length === 0) {
    return (
      <Text size="sm" c="var(--sluice-muted)">
        This flow has no variables. Add one in the flow’s settings to remember what a service says, or what a condition
        found.
      </Text>
    );
  }
  const owners = [...Map.groupBy(variables, ({ owner }) => owner)];
  const columns = step === null ? 2 : 3;
  return (
    <Table aria-label={step === null ? 'Variables at the end' : `Variables at step ${step + 1}`} horizontalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Variable</Table.Th>
          <Table.Th>{step === null ? 'At the end' : 'Before'}</Table.Th>
          {step !== null && <Table.Th>After</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      {owners.map(([owner, own]) => (
        <Table.Tbody key={owner}>
          {(owners.length > 1 || owner !== 'flow') && (
            <Table.Tr>
              <Table.Th colSpan={columns} scope="rowgroup" fw={600} fz="xs" c="var(--sluice-muted)">
                {ownerWords[owner]}
              </Table.Th>
            </Table.Tr>
          )}
          {own.map(({ name, before, after, isSet }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <Code fz="xs">{name}</Code>
              </Table.Td>
              <Table.Td>{describeValue(before)}</Table.Td>
              {step !== null && <Table.Td fw={isSet ? 700 : 400}>{describeValue(after)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      ))}
    </Table>
  );
}
