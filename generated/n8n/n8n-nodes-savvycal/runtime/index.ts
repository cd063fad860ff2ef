// A copy of the runtime of Specwright 0.1.0. Do not edit.
/** What the nodes' own files use of the runtime. */
export { descriptors, triggerDescriptor } from './version';
export { execute } from './execute';
export { listSearch } from './listSearch';
export { properties } from './properties';
export { receive, testSecret } from './receive';
export { checkExists, create, remove } from './subscription';
export type { Credentials } from './connection';
export type { ResourceDescriptor } from './descriptor';
