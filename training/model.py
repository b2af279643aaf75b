"""The encoder and its heads in PyTorch, named as the program's model file names them. `forward.py` defines the same in plain numpy."""
import json, pathlib
import torch
from torch import nn
from torch.nn import functional as F
from safetensors import safe_open
from safetensors.torch import load_file, save_file

WIDTH, HEAD_WIDTH, POSITIONS, SHAPES = 384, 32, 512, 9
ARC, LABEL, CUE, ROLE = 256, 96, 64, 64


class Layer(nn.Module):
    """Self-attention and feed-forward, each with its residual and layer norm after it, as BERT has them."""

    def __init__(self):
        super().__init__()
        self.qkv, self.attend = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.attend_norm, self.down_norm = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x, mask):
        """(batch, n, 384) and an additive (batch, 1, 1, n) mask."""
        batch, n, _ = x.shape
        q, k, v = self.qkv(x).view(batch, n, 3, WIDTH // HEAD_WIDTH, HEAD_WIDTH).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) * HEAD_WIDTH**-0.5 + mask, -1)
        context = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, n, WIDTH)
        x = self.attend_norm(x + self.attend(context))
        return self.down_norm(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self, pieces, layers):
        super().__init__()
        self.word, self.position = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))

    def forward(self, ids, shapes, lengths):
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.position(positions) + self.shape(shapes))
        mask = torch.where(positions[None] < lengths[:, None], 0.0, -1e4)[:, None, None, :]
        mask = mask.to(torch.get_autocast_dtype("cpu")) if torch.is_autocast_enabled("cpu") else mask
        for layer in self.layers:
            x = layer(x, mask)
        return x


TAGGERS = ("upos", "features", "lemma", "names", "inner", "attribution", "trigger", "status")


class Model(nn.Module):
    """An encoder and its heads. `labels`: the label set of each tagger, and `deprel`; `vocabulary`: the texts of the pieces."""

    def __init__(self, labels, vocabulary, layers, roles=4):
        super().__init__()
        self.labels, self.vocabulary = labels, vocabulary
        self.encoder = Encoder(len(vocabulary), layers)
        self.taggers = nn.ModuleDict({name: nn.Linear(WIDTH, len(labels[name])) for name in TAGGERS})
        self.mlp = nn.Linear(WIDTH, 2 * ARC + 2 * LABEL + 2 * CUE)
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        self.arc_head_bias = nn.Parameter(torch.zeros(ARC))
        self.label = nn.Parameter(torch.empty(LABEL + 1, len(labels["deprel"]), LABEL + 1))
        self.root = nn.Parameter(torch.zeros(ARC + LABEL))
        self.cue = nn.Parameter(torch.empty(CUE, CUE))
        self.no_cue = nn.Parameter(torch.zeros(CUE))
        self.event_mlp = nn.Linear(WIDTH, 2 * ROLE)
        self.role = nn.Parameter(torch.empty(ROLE, roles - 1, ROLE))
        self.role_bias = nn.Parameter(torch.zeros(roles - 1))
        nn.init.normal_(self.role, std=0.02)
        for matrix in (self.arc, self.cue):
            nn.init.normal_(matrix, std=0.02)
        nn.init.normal_(self.label, std=0.02)
        nn.init.normal_(self.root, std=0.5)
        nn.init.normal_(self.no_cue, std=0.5)

    def words(self, batch):
        """(batch, words, 384): the vector of each word's first piece."""
        x = self.encoder(batch.ids, batch.shapes, batch.lengths)
        return torch.gather(x, 1, batch.first[..., None].expand(-1, -1, WIDTH))

    def hidden(self, x):
        """What the biaffine heads see: arc dependents and heads, label dependents and heads, cue dependents and heads."""
        parts = F.leaky_relu(self.mlp(F.dropout(x, 0.1, self.training)), 0.1)
        parts = torch.split(parts, [ARC, ARC, LABEL, LABEL, CUE, CUE], -1)
        return [F.dropout(part, 0.25, self.training) for part in parts]

    def arcs(self, dependents, heads, sentence):
        """(batch, words, 1 + words) scores of heads, the root first; -1e4 across sentences and on the diagonal."""
        n = dependents.shape[1]
        mapped = dependents @ self.arc
        scores = mapped @ heads.transpose(1, 2) + (heads @ self.arc_head_bias)[:, None]
        apart = (sentence[:, :, None] != sentence[:, None, :]) | torch.eye(n, dtype=torch.bool, device=scores.device)
        root = mapped @ self.root[:ARC].to(mapped.dtype) + (self.root[:ARC] @ self.arc_head_bias)
        return torch.cat([root[..., None], scores.masked_fill(apart, -1e4)], 2).float()

    def relations(self, dependents, heads):
        """(k, 96) dependents and the vectors of their heads: (k, relations) scores."""
        one = lambda x: F.pad(x, (0, 1), value=1.0)
        k, r = len(dependents), self.label.shape[1]
        mapped = (one(dependents) @ self.label.view(LABEL + 1, -1)).view(k, r, LABEL + 1)
        return (mapped @ one(heads)[..., None]).squeeze(-1).float()

    def roles(self, triggers, words):
        """(k, 128) hidden vectors of triggers and of words, a pair each: (k, roles) scores, the first for none."""
        triggers, words = triggers[..., :ROLE], words[..., ROLE:]
        mapped = (triggers @ self.role.view(ROLE, -1)).view(len(triggers), -1, ROLE)
        scores = (mapped @ words[..., None]).squeeze(-1).float() + self.role_bias
        return F.pad(scores, (1, 0))

    def event_hidden(self, x):
        parts = F.leaky_relu(self.event_mlp(F.dropout(x, 0.1, self.training)), 0.1)
        return F.dropout(parts, 0.25, self.training)

    def cues(self, dependents, heads, real):
        """(batch, words, 1 + words) scores of each word of a source or content belonging to each word of a cue; none comes first."""
        mapped = dependents @ self.cue
        scores = (mapped @ heads.transpose(1, 2)).masked_fill(~real[:, None, :], -1e4)
        return torch.cat([(mapped @ self.no_cue.to(mapped.dtype))[..., None], scores], 2).float()


def minilm(folder):
    """The base weights (safetensors as BERT names them) under our names."""
    source = {name.removeprefix("bert."): tensor.float() for name, tensor in load_file(pathlib.Path(folder) / "model.safetensors").items()}
    out = {
        "word.weight": source["embeddings.word_embeddings.weight"],
        "position.weight": source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0],
    }
    for end in ("weight", "bias"):
        out["norm." + end] = source["embeddings.LayerNorm." + end]
    layer = 0
    while f"encoder.layer.{layer}.output.dense.weight" in source:
        old, new = f"encoder.layer.{layer}.", f"layers.{layer}."
        for end in ("weight", "bias"):
            out[new + "qkv." + end] = torch.cat([source[f"{old}attention.self.{part}.{end}"] for part in ("query", "key", "value")])
            for ours, theirs in (("attend", "attention.output.dense"), ("attend_norm", "attention.output.LayerNorm"),
                                 ("up", "intermediate.dense"), ("down", "output.dense"), ("down_norm", "output.LayerNorm")):  # fmt: skip
                out[new + ours + "." + end] = source[f"{old}{theirs}.{end}"]
        layer += 1
    return out, layer


def start_from(encoder, weights, rows, layers):
    """Copies weights of another encoder: these rows of its pieces; `layers` tells which of its layers become ours, in order."""
    weights = weights | {"word.weight": weights["word.weight"][rows]}
    own = {name: tensor for name, tensor in weights.items() if not name.startswith("layers.")}
    for ours, theirs in enumerate(layers):
        own |= {name.replace(f"layers.{theirs}.", f"layers.{ours}."): tensor for name, tensor in weights.items() if name.startswith(f"layers.{theirs}.")}
    missing, unknown = encoder.load_state_dict(own, strict=False)
    assert not unknown and set(missing) <= {"shape.weight"}, (missing, unknown)


def save(model, path):
    """A safetensors file in f32, with the label sets and the vocabulary in its metadata."""
    state = {name: tensor.detach().float().contiguous() for name, tensor in model.state_dict().items()}
    save_file(state, str(path), {"labels": json.dumps(model.labels, sort_keys=True), "vocabulary": "\n".join(model.vocabulary)})


def load(path, device="cpu"):
    with safe_open(str(path), "pt") as file:
        labels, vocabulary = json.loads(file.metadata()["labels"]), file.metadata()["vocabulary"].split("\n")
        state = {name: file.get_tensor(name) for name in file.keys()}
    depth = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))
    model = Model(labels, vocabulary, depth).to(device)
    missing, unknown = model.load_state_dict(state, strict=False)  # heads may be newer than the file
    assert not unknown, unknown
    for name in missing:
        print(f"{path} lacks {name}: it starts afresh")
    return model.eval()
