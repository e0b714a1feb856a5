"""Writes names/python.json: what the installed Python packages export, with the public members of their classes.

Run with the interpreter of an environment that has dimples in it:  python extract/python.py names/python.json
"""
import enum
import importlib
import inspect
import json
import sys
from importlib.metadata import version

# The lowest first: a name stands where it comes from, and not again where it is passed on.
PACKAGES = ['mkm', 'dkd', 'dimp', 'dimap', 'dimsdk', 'dimax', 'dimples']
# Doors beside the main one of dimples. They export by `__all__` too.
DOORS = ['client', 'server', 'edge', 'utils', 'common', 'conn', 'database', 'group']


def kind_of(value) -> str:
    if inspect.isclass(value):
        return 'enum' if issubclass(value, enum.Enum) else 'class'
    if inspect.isroutine(value):
        return 'function'
    return 'value'


def members_of(value) -> list:
    if not inspect.isclass(value):
        return []
    return sorted(name for name in vars(value) if not name.startswith('_'))


def exported(module_name: str) -> list:
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        # A door that is not there in this version; what is missing inside one is told.
        if error.name == module_name:
            return []
        raise
    return [(name, getattr(module, name)) for name in getattr(module, '__all__', [])]


def names_of(package: str, seen: set) -> list:
    names = []
    doors = [package] + ([f'{package}.{door}' for door in DOORS] if package == 'dimples' else [])
    for door in doors:
        for name, value in exported(door):
            if name in seen:
                continue
            seen.add(name)
            names.append({'name': name, 'kind': kind_of(value), 'module': door, 'members': members_of(value)})
    return names


def main(path: str) -> None:
    seen = set()
    packages = []
    for package in PACKAGES:
        packages.append({'package': package, 'version': version(package), 'from': 'PyPI', 'names': names_of(package, seen)})
    with open(path, 'w') as file:
        json.dump({'language': 'Python', 'packages': packages}, file, indent=1)
        file.write('\n')


main(sys.argv[1])
