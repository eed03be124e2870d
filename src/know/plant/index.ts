/** The plant (OT): its products, ports and project files. */
export { isProjectFile, plantProtocol } from './marks.ts';
export { type PlantProduct, plantProducts, productOf } from './products.ts';
