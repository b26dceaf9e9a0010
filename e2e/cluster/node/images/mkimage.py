#!/usr/bin/env python3
"""Make an image archive that `ctr images import` takes (OCI layout in a tar) and
that Jib takes as a base (the manifest.json of `docker save` beside it).

  mkimage.py --name REF --out FILE.tar --layer DIR_OR_TAR [--layer ...]
             [--base FILE.tar] [--entrypoint JSON] [--cmd JSON] [--env K=V]...
             [--user U] [--workdir D]

--base is an archive this tool made: its layers and environment come first.
A --layer that is a folder is packed with owner root unless --keep-owner.
Layers are not compressed: import is faster and disk is not short.
"""
import argparse, hashlib, io, json, os, tarfile

ap = argparse.ArgumentParser()
ap.add_argument("--name", required=True)
ap.add_argument("--out", required=True)
ap.add_argument("--layer", action="append", default=[])
ap.add_argument("--base")
ap.add_argument("--entrypoint"); ap.add_argument("--cmd")
ap.add_argument("--env", action="append", default=[])
ap.add_argument("--user", default=None); ap.add_argument("--workdir", default=None)
ap.add_argument("--keep-owner", action="store_true")
a = ap.parse_args()

LAYER = "application/vnd.oci.image.layer.v1.tar"
CONFIG = "application/vnd.oci.image.config.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"


def sha(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        while b := f.read(1 << 20):
            h.update(b)
    return h.hexdigest()


def pack(folder, to):
    def clean(ti):
        ti.mtime = 0
        if not a.keep_owner:
            ti.uid = ti.gid = 0
            ti.uname = ti.gname = ""
        return ti
    with tarfile.open(to, "w", format=tarfile.PAX_FORMAT) as t:
        for e in sorted(os.listdir(folder)):
            t.add(os.path.join(folder, e), arcname=e, filter=clean)


blobs = []          # (digest, opener, size) to be written
diff_ids, layers = [], []
cfg = {"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}
base_tar = None
if a.base:
    base_tar = tarfile.open(a.base)
    rd = lambda n: json.loads(base_tar.extractfile(n).read())
    man = rd("blobs/sha256/" + rd("index.json")["manifests"][0]["digest"].split(":")[1])
    bc = rd("blobs/sha256/" + man["config"]["digest"].split(":")[1])
    cfg = dict(bc["config"])
    layers = list(man["layers"]); diff_ids = list(bc["rootfs"]["diff_ids"])
    for l in layers:
        m = base_tar.getmember("blobs/sha256/" + l["digest"].split(":")[1])
        blobs.append((l["digest"].split(":")[1], (lambda m=m: base_tar.extractfile(m)), m.size))

temps = []
for l in a.layer:
    if os.path.isdir(l):
        t = a.out + ".layer%d" % len(temps)
        pack(l, t); temps.append(t); l = t
    d = sha(l); size = os.path.getsize(l)
    blobs.append((d, (lambda l=l: open(l, "rb")), size))
    diff_ids.append("sha256:" + d)
    layers.append({"mediaType": LAYER, "digest": "sha256:" + d, "size": size})

env = dict(e.split("=", 1) for e in cfg.get("Env", []))
env.update(dict(e.split("=", 1) for e in a.env))
cfg["Env"] = ["%s=%s" % kv for kv in env.items()]
if a.entrypoint: cfg["Entrypoint"] = json.loads(a.entrypoint); cfg.pop("Cmd", None)
if a.cmd: cfg["Cmd"] = json.loads(a.cmd)
if a.user: cfg["User"] = a.user
if a.workdir: cfg["WorkingDir"] = a.workdir


def jb(o):
    b = json.dumps(o, sort_keys=True).encode()
    d = hashlib.sha256(b).hexdigest()
    blobs.append((d, (lambda b=b: io.BytesIO(b)), len(b)))
    return "sha256:" + d, len(b)


cd, cs = jb({"architecture": "amd64", "os": "linux", "config": cfg,
             "rootfs": {"type": "layers", "diff_ids": diff_ids},
             "history": [{"created_by": "mkimage"} for _ in diff_ids]})
md, ms = jb({"schemaVersion": 2, "mediaType": MANIFEST, "layers": layers,
             "config": {"mediaType": CONFIG, "digest": cd, "size": cs}})
index = json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": [{
    "mediaType": MANIFEST, "digest": md, "size": ms,
    "platform": {"architecture": "amd64", "os": "linux"},
    "annotations": {"io.containerd.image.name": a.name}}]}).encode()

with tarfile.open(a.out + ".new", "w") as out:
    def put(name, f, size):
        ti = tarfile.TarInfo(name); ti.size = size; ti.mode = 0o644
        out.addfile(ti, f)
    put("oci-layout", io.BytesIO(b'{"imageLayoutVersion":"1.0.0"}'), 30)
    put("index.json", io.BytesIO(index), len(index))
    blob = lambda digest: "blobs/sha256/" + digest.split(":")[1]
    saved = json.dumps([{"Config": blob(cd), "RepoTags": [a.name],
                         "Layers": [blob(l["digest"]) for l in layers]}]).encode()
    put("manifest.json", io.BytesIO(saved), len(saved))
    seen = set()
    for d, op, size in blobs:
        if d not in seen:
            seen.add(d)
            with op() as f:
                put("blobs/sha256/" + d, f, size)
os.rename(a.out + ".new", a.out)
for t in temps:
    os.unlink(t)
print(a.name, md, "%d MiB" % (os.path.getsize(a.out) >> 20))
