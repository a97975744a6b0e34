#!/usr/bin/env python3
"""Derives gitlab-18.4.json from GitLab's OpenAPI 2 document.

Usage: derive.py openapi_v2.yaml > gitlab-18.4.json

Keeps, of the operations about tokens and what belongs to them, the statuses and the name of what
each answers with, and of those things the keys and their types. Texts are left out.
"""

import json
import re
import sys

import yaml

TOPICS = re.compile(
    r"/api/v4/("
    r"personal_access_tokens|user/runners|runners|deploy_tokens|deploy_keys|applications|keys"
    r"|job$|version|metadata|hooks$|hooks/\{hook_id\}$|feature_flags/unleash/\{project_id\}$"
    r"|users/\{user_id\}/projects$|admin/ci/variables"
    r"|(groups|projects)$|(groups|projects)/\{id\}$"
    r"|(groups|projects)/\{id\}/(access_tokens|deploy_tokens|deploy_keys|triggers|runners|members"
    r"|variables|cluster_agents|job_token_scope|audit_events|tokens/revoke|descendant_groups"
    r"|projects$|hooks$|hooks/\{hook_id\}$|\(ref/\{ref\}/\)trigger/pipeline)"
    r")"
)


def short(name):
    return re.sub(r"^(EE_)?API_Entities_", "", name)


class Definitions:
    def __init__(self, document):
        self.all = document["definitions"]
        self.kept = {}

    def type_of(self, schema, owner):
        """Names a type: a simple one, [one of a list], or a definition, which is kept."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            self.keep(short(name), self.all.get(name, {}))
            return short(name)
        kind = schema.get("type")
        if kind == "array":
            return "[%s]" % self.type_of(schema.get("items", {}), owner + "[]")
        if kind == "object" and schema.get("properties"):
            self.keep(owner, schema)
            return owner
        return str(kind or "any")

    def keep(self, name, schema):
        if name in self.kept:
            return
        self.kept[name] = {}
        for key, value in schema.get("properties", {}).items():
            self.kept[name][key] = self.type_of(value, name + "." + key)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    definitions = Definitions(document)
    operations = {}
    for path, methods in document["paths"].items():
        if not TOPICS.match(path):
            continue
        for method, operation in methods.items():
            answers = {
                status: definitions.type_of(answer["schema"], "") if "schema" in answer else ""
                for status, answer in operation["responses"].items()
            }
            operations["%s %s" % (method.upper(), path)] = dict(sorted(answers.items()))
    derived = {
        "source": "doc/api/openapi/openapi_v2.yaml of GitLab, https://gitlab.com/gitlab-org/gitlab,"
        " about release 18.4; the copy at .sdk/def/gitlab-openapi.yaml of"
        " https://github.com/voxgig-sdk/gitlab-sdk; made by derive.py",
        "licence": "GitLab's doc/ directory is under CC BY-SA 4.0, https://creativecommons.org/"
        "licenses/by-sa/4.0/, and so is this file; it is no part of the packages",
        "operations": dict(sorted(operations.items())),
        "entities": dict(sorted(definitions.kept.items())),
    }
    json.dump(derived, sys.stdout, indent=1, sort_keys=False)
    print()


main()
