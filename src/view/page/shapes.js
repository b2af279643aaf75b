// The shapes of nodes, one for each kind: for the graphics card as distances from an outline, for pictures as paths.

// In order of their numbers in the shader. Paths lie in a circle of radius 1, y downwards.
const SHAPES = {
  person: { number: 0, points: null },
  country: {
    number: 1,
    points: [
      [-0.8, -0.8],
      [0.8, -0.8],
      [0.8, 0.8],
      [-0.8, 0.8],
    ],
  },
  organization: {
    number: 2,
    points: [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ],
  },
  place: {
    number: 3,
    points: [
      [0, -1],
      [0.95, 0.6],
      [-0.95, 0.6],
    ],
  },
  event: {
    number: 4,
    points: [
      [-0.5, -0.87],
      [0.5, -0.87],
      [1, 0],
      [0.5, 0.87],
      [-0.5, 0.87],
      [-1, 0],
    ],
  },
  claim: {
    number: 5,
    points: [
      [0, 1],
      [0.95, -0.6],
      [-0.95, -0.6],
    ],
  },
};

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying float v_radius;
varying float v_shape;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_radius = a_size / u_sizeRatio * u_pixelRatio;
  gl_PointSize = 2.0 * (v_radius + 2.0 * u_pixelRatio);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_radius;
varying float v_shape;
uniform float u_pixelRatio;
uniform vec3 u_paper;
float outline(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.8;
  if (v_shape < 2.5) return (q.x + q.y - 1.0) * 0.7071;
  if (v_shape < 3.5) return max(q.x * 0.86 - p.y * 0.51 - 0.51, p.y - 0.6);
  if (v_shape < 4.5) return max(q.x * 0.866 + q.y * 0.5, q.y) - 0.866;
  return max(q.x * 0.86 + p.y * 0.51 - 0.51, -p.y - 0.6);
}
void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0 * (v_radius + 2.0 * u_pixelRatio) / v_radius;
  float off = outline(p) * v_radius;
  #ifdef PICKING_MODE
  if (off > 1.5 * u_pixelRatio) discard;
  gl_FragColor = v_color;
  #else
  float rim = 1.2 * u_pixelRatio;
  float inner = clamp(0.5 - off, 0.0, 1.0);
  float outer = clamp(0.5 - (off - rim), 0.0, 1.0);
  gl_FragColor = vec4(mix(u_paper, v_color.rgb, inner), 1.0) * outer;
  #endif
}`;

// The program that sigma.js draws nodes with. `paper()` tells the colour around them, red, green and blue from 0 to 1.
function shapeProgram(paper) {
  const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
  return class extends Vendored.NodeProgram {
    getDefinition() {
      return {
        VERTICES: 1,
        METHOD: POINTS,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix", "u_paper"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }
    processVisibleItem(index, start, { x, y, size, shape, color }) {
      this.array.set([x, y, size, shape, Vendored.floatColor(color), index], start);
    }
    setUniforms({ sizeRatio, pixelRatio, matrix }, { gl, uniformLocations }) {
      gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
      gl.uniform3fv(uniformLocations.u_paper, paper());
    }
  };
}
