// A copy of the runtime of Specwright 0.1.0. Do not edit.
import { UnexpectedError } from 'n8n-workflow';

import { SCHEMA_VERSION, type ResourceDescriptor, type TriggerDescriptor } from './descriptor';

/**
 * The descriptors of a package, from its JSON files.
 *
 * Checked once, when n8n loads the node: files of another version would be misread later, item by item.
 */
export function descriptors(files: unknown[]): ResourceDescriptor[] {
	files.forEach(throwIfOther);
	return files as ResourceDescriptor[];
}

/** The descriptor of a package's events, checked likewise. */
export function triggerDescriptor(file: unknown): TriggerDescriptor {
	throwIfOther(file);
	return file as TriggerDescriptor;
}

function throwIfOther(file: unknown): void {
	const version = (file as Partial<ResourceDescriptor> | null)?.schemaVersion;
	if (version === SCHEMA_VERSION) return;
	throw new UnexpectedError(
		`The node's descriptors are of version ${String(version)} and its runtime reads version ${SCHEMA_VERSION}: generate and build the package again`,
	);
}
