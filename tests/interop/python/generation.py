"""The installed packages, whatever their generation, and the names in them.

Classes moved between packages over the years: `dimplugins` and `dimp` of 2.4 became `dimax` and `dimap` in 2.5. They
are looked up by name, the most special package first.
"""

import importlib
from importlib import metadata
from typing import Any, Optional

PACKAGES = ['dimples', 'dimsdk', 'dimax', 'dimap', 'dimplugins', 'dimp', 'dkd', 'mkm']


class Generation:
    """One flavor of the peer: `sdk` alone, or with the client library `dimples` above it."""

    def __init__(self, flavor: str):
        self.is_dimples = flavor == 'dimples'
        names = ['dimsdk', 'dimax', 'dimap', 'dimplugins', 'dimp', 'dkd', 'mkm']
        if self.is_dimples:
            names = ['dimples.common', 'dimples.common.compat', 'dimples.common.protocol', *names]
        self._modules = [module for module in map(_try_import, names) if module is not None]
        self._load()

    def __getattr__(self, name: str) -> Any:
        found = self.find(name)
        if found is None:
            raise AttributeError(f'no installed package has {name}')
        return found

    def find(self, name: str) -> Optional[Any]:
        for module in self._modules:
            if hasattr(module, name):
                return getattr(module, name)
        return None

    def _load(self):
        if self.is_dimples:
            importlib.import_module('dimples.client.compat.loader').ClientLibraryLoader().run()
        else:
            self.ExtensionLoader().load()
            self.PluginLoader().load()
            # For contents of types that nobody registered: which class they have is left to the application.
            factory = self.Content.get_factory(msg_type=self.ContentType.ANY)
            self.Content.set_factory(msg_type='*', factory=factory)

    def versions(self) -> dict:
        wanted = PACKAGES if self.is_dimples else PACKAGES[1:]
        return {name: version for name in wanted if (version := _version_of(name)) is not None}


def map_of(value: Any) -> dict:
    """The map of any protocol object: the method got another name in 2.5."""
    return value.to_map() if hasattr(value, 'to_map') else value.to_dict()


def _try_import(name: str):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _version_of(name: str) -> Optional[str]:
    try:
        # Installed beside the others and of no use to them: what cannot be imported is no part of this generation.
        return metadata.version(name) if _try_import(name) is not None else None
    except metadata.PackageNotFoundError:
        return None
