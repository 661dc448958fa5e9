import { Stack } from '@mantine/core';
import { useRetention } from '../../api/retention.ts';
import { Resource } from '../../shell/Resource.tsx';
import { RetentionForm } from './RetentionForm.tsx';
import { RetentionRuns } from './RetentionRuns.tsx';
import { Section } from './Section.tsx';

/** For how long what is kept. */
export function RetentionSection() {
  const retention = useRetention();
  return (
    <Resource query={retention} name="The retention rules">
      {(view) => (
        <Stack gap="md">
          <Section
            title="Retention"
            description="Everything is kept unless a rule says otherwise. Days count from when a mail was done with; what waits for somebody, is held, in quarantine, or not surely sent is never touched."
          >
            <RetentionForm view={view} />
          </Section>
          <RetentionRuns view={view} />
        </Stack>
      )}
    </Resource>
  );
}
