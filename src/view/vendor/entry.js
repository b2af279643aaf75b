// What of sigma.js and graphology the page uses; everything else is shaken off.
export { UndirectedGraph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeLineProgram, EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
export { floatColor } from "sigma/utils";
