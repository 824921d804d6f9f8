"""A configuration file: read once at the edge, and what is wrong in it said with its line.

Beyond this point only the typed values of `pipeline.config` flow.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.config import Config
from pipeline.errors import ConfigError, Place, RunError


def load_config(path: Path | None) -> Config:
    """Read and check a configuration file; ``None`` gives the defaults.

    Raises ConfigError, with the file, the line and the key, for a file that cannot be read, is not YAML, has an
    unknown key or a value that does not fit.
    """
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"the configuration cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}.",
            where=Place(path=path),
            fix="give --config a readable UTF-8 YAML file, such as configs/default.yaml.",
        ) from error
    try:
        root = yaml.compose(text)
        values: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ConfigError(
            f"this is not YAML: {getattr(error, 'problem', None) or 'unreadable'}.",
            where=Place(path=path, line=mark.line + 1 if mark else None),
            fix="mend the line; configs/default.yaml shows every key.",
        ) from error
    if values is not None and not isinstance(values, dict):
        raise ConfigError(
            "the configuration is not a mapping of keys to values.",
            where=Place(path=path, line=1),
            fix="write sections such as `prelabel:`; configs/default.yaml shows every key.",
        )
    if (again := _repeated(root)) is not None:
        raise ConfigError(
            f"{again.value!r} is there twice, and only one of the two would count.",
            where=Place(path=path, line=again.start_mark.line + 1),
            fix="put what belongs to it under one key.",
        )
    try:
        return Config.model_validate(values or {})
    except ValidationError as error:
        raise _first_problem(error, path, root) from error


def saved_config(values: Mapping[str, Any], where: Path) -> Config:
    """The settings that a run, or a push, keeps; raises RunError where they are not this version's."""
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        name = ".".join(str(key) for key in problem["loc"])
        raise RunError(
            f"the settings that are kept here are of another version: {name}: {problem['msg'].lower()}.",
            where=Place(path=where),
            fix="give the settings with --config FILE where the command takes it, or label or push anew.",
        ) from error


def _repeated(root: yaml.Node | None) -> yaml.Node | None:
    """The first key that is in one mapping twice, wherever that is; ``None`` if there is none."""
    waiting, known = [root], set()
    while waiting:
        node = waiting.pop(0)
        if id(node) in known:
            continue
        known.add(id(node))
        if isinstance(node, yaml.MappingNode):
            names = [str(key.value) for key, _ in node.value]
            for place, (key, _) in enumerate(node.value):
                if names[place] in names[:place]:
                    return cast(yaml.Node, key)
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return None


def _first_problem(error: ValidationError, path: Path, root: yaml.Node | None) -> ConfigError:
    """Say the first thing that pydantic found wrong in the words of the configuration file."""
    problem = error.errors()[0]
    keys = problem["loc"]
    field = ".".join(str(key) for key in keys)
    where = Place(path=path, line=_line_of(root, keys), field=field)
    if problem["type"] == "extra_forbidden":
        known = ", ".join(_known_keys(keys[:-1]))
        return ConfigError(
            f"there is no setting called {keys[-1]!r} here.",
            where=where,
            fix=f"remove it, or use one of: {known}.",
        )
    said = problem["msg"].removeprefix("Value error, ")
    return ConfigError(
        f"{said[0].lower()}{said[1:]}.",
        where=where,
        fix="configs/default.yaml says what each key takes.",
    )


def _line_of(node: yaml.Node | None, keys: tuple[int | str, ...]) -> int | None:
    """The 1-based line of the deepest of `keys` that the YAML file has."""
    line = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pairs = {name.value: (name, value) for name, value in node.value}
            if str(key) not in pairs:
                break
            name, node = pairs[str(key)]
            line = name.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _known_keys(keys: tuple[int | str, ...]) -> list[str]:
    """The keys that a section knows, found by walking the classes from `Config`."""
    section: type[BaseModel] = Config
    for key in keys:
        if isinstance(key, int):
            continue
        annotation: Any = section.model_fields[key].annotation
        inner = getattr(annotation, "__args__", (annotation,))[0]
        inner = getattr(inner, "__origin__", inner)
        section = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else section
    return list(section.model_fields)
