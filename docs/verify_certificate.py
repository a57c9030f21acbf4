"""Check a saved OCOP certificate without the internet. Needs Python 3.11 or newer and `pip install cryptography`.

    python verify_certificate.py chung-nhan.json khoa.json [thu-hoi.json]

`khoa.json`: the shop's public keys, fetched once over https from /xac-minh/khoa.json. `thu-hoi.json`: the signed list of
stopped certificates, fetched lately from /xac-minh/thu-hoi.json; without it a later revocation stays unknown.
Prints VALID (exit 0), FORGED (1), or what is true and yet no star today (2).
"""

import json
import sys
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def once_each(pairs):
    """Refuse a member that stands there twice: two readers would read two things."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a member stands there twice")
    return dict(pairs)


def verified(path, schema, keys):
    """Return the payload of a signed file; raises for anything but what the shop signed."""
    document = json.loads(Path(path).read_text("utf-8"), object_pairs_hook=once_each)
    payload, signature = document.pop("payload"), document.pop("signature")
    canonical = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    public_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys[payload["key_id"]]))
    public_key.verify(bytes.fromhex(signature), canonical)
    if document or payload["schema"] != schema or signature != bytes.fromhex(signature).hex():
        raise ValueError("not the document it should be")
    return payload


if len(sys.argv) not in {3, 4}:
    sys.exit(__doc__)
_, paper_file, keys_file, *list_files = sys.argv
try:
    published = json.loads(Path(keys_file).read_text("utf-8"))["keys"]
    keys = {key["key_id"]: key["public_key"] for key in published if key["state"] != "distrusted"}
    paper = verified(paper_file, "ocop-certificate/1", keys)
    stops = verified(list_files[0], "ocop-revocations/1", keys) if list_files else None
except Exception as error:
    sys.exit(f"FORGED ({type(error).__name__}: {error})")

today = date.today().isoformat()
doubts = [] if paper["is_valid"] else [paper["state"]]
if today > paper["ends_on"]:
    doubts.append(f"over since {paper['ends_on']}")
if stops is not None:
    doubts += [f"{stop['state']} since {stop['since']}" for stop in stops["certificates"] if stop["code"] == paper["code"]]
    if not (paper["checked_on"] <= stops["as_of"] and today <= stops["fresh_until"]):
        doubts.append(f"the list of stopped certificates is too old ({stops['as_of']}), fetch it again")
    if stops["issuer"] != paper["issuer"]:
        doubts.append("the list of stopped certificates is another shop's")
as_of = stops["as_of"] if stops else paper["checked_on"]
print(f"NOT VALID: {', '.join(doubts)}" if doubts else "VALID", f"(as of {as_of})", paper["note"])
print(f"{paper['code']}: {paper['stars']} stars, {paper['product']}, {paper['producer']}, {paper['decision']['number']}")
sys.exit(2 if doubts else 0)
