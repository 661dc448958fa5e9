import type { Role } from '../../schemas/role.ts';

/**
 * Who may call a route. Lists, not levels: what a role may do is read off the route itself, and a new role gains nothing unless it is named.
 * An administrator may do all, a designer draws and publishes and also works the queues, an agent works the queues, a viewer only looks.
 */
export type Access = 'public' | readonly Role[];

export const administrators: readonly Role[] = ['admin'];
export const designers: readonly Role[] = ['admin', 'designer'];
export const agents: readonly Role[] = ['admin', 'designer', 'agent'];
export const everyRole: readonly Role[] = ['admin', 'designer', 'agent', 'viewer'];
