import { Box, Grid, NavLink, Stack } from '@mantine/core';
import { Navigate, NavLink as RouterNavLink, useParams } from 'react-router';
import { useMay } from '../../api/session.ts';
import { Page } from '../../shell/Page.tsx';
import { AuditSection } from './AuditSection.tsx';
import { FiltersSection } from './FiltersSection.tsx';
import { GuardSection } from './GuardSection.tsx';
import { OutboundMoved } from './OutboundMoved.tsx';
import { ReceiverSection } from './ReceiverSection.tsx';
import { RetentionSection } from './RetentionSection.tsx';
import { SignInSection } from './SignInSection.tsx';
import { TokensSection } from './TokensSection.tsx';
import { UsersSection } from './UsersSection.tsx';

const sections = [
  { id: 'outbound', label: 'Outbound mail', ability: 'settings', Section: OutboundMoved },
  { id: 'receiver', label: 'Receiver', ability: 'settings', Section: ReceiverSection },
  { id: 'filters', label: 'Filters', ability: 'settings', Section: FiltersSection },
  { id: 'limits', label: 'Limits', ability: 'settings', Section: GuardSection },
  { id: 'retention', label: 'Retention', ability: 'settings', Section: RetentionSection },
  { id: 'users', label: 'Users', ability: 'settings', Section: UsersSection },
  { id: 'sign-in', label: 'Sign-in', ability: 'settings', Section: SignInSection },
  { id: 'tokens', label: 'Tokens', ability: 'settings', Section: TokensSection },
  { id: 'audit', label: 'Audit log', ability: 'settings', Section: AuditSection },
] as const;

export function SettingsPage() {
  const { section } = useParams();
  const may = { draw: useMay('draw'), settings: useMay('settings') };
  const visible = sections.filter((each) => may[each.ability]);
  const current = visible.find((each) => each.id === section);
  const first = visible[0];

  if (!current) return <Navigate to={first ? `/settings/${first.id}` : '/'} replace />;
  return (
    <Page title="Settings" tabTitle={`${current.label} · Settings`}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, sm: 3, lg: 2 }}>
          <Stack component="nav" aria-label="Settings" gap={2}>
            {visible.map((each) => (
              <NavLink
                key={each.id}
                component={RouterNavLink}
                to={`/settings/${each.id}`}
                label={each.label}
                active={each.id === current.id}
                style={{ borderRadius: 6 }}
                py={6}
              />
            ))}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 9 }}>
          <Box maw={860}>
            <current.Section />
          </Box>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
