import type { Image } from './build.mjs';
import type { Container } from './start.mjs';

/** Needs root, and mmdebstrap. */
export function imageOf(tgz: string, folder: string): Image;
export function untilHealthy(container: Container, image: Image): Promise<void>;
