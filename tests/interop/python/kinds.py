"""Contents by kind and values: made by the peer's own constructors, read by its own getters."""

import json
from typing import Any, Callable, Dict, List, Optional, Tuple

from generation import Generation, map_of

Values = Dict[str, Any]


class Kinds:
    """The kinds of content that this generation has a class for."""

    def __init__(self, dim: Generation):
        self.dim = dim
        table = {
            'text': (self._make_text, self._read_text, dim.TextContent),
            'file': (self._make_file, self._read_file, dim.FileContent),
            'image': (self._make_file, self._read_file, dim.ImageContent),
            'audio': (self._make_file, self._read_file, dim.AudioContent),
            'video': (self._make_file, self._read_file, dim.VideoContent),
            'page': (self._make_page, self._read_page, dim.PageContent),
            'card': (self._make_card, self._read_card, dim.NameCard),
            'quote': (self._make_quote, self._read_quote, dim.QuoteContent),
            'money': (self._make_money, self._read_money, dim.MoneyContent),
            'transfer': (self._make_money, self._read_money, dim.TransferContent),
            'array': (self._make_array, self._read_array, dim.ArrayContent),
            'combine': (self._make_combine, self._read_combine, dim.CombineContent),
            'forward': (self._make_forward, self._read_forward, dim.ForwardContent),
            'meta': (self._make_meta, self._read_meta, dim.MetaCommand),
            'documents': (self._make_documents, self._read_documents, dim.DocumentCommand),
            'receipt': (self._make_receipt, self._read_receipt, dim.ReceiptCommand),
            'invite': (self._make_group_command, self._read_group_command, dim.InviteCommand),
            'expel': (self._make_group_command, self._read_group_command, dim.ExpelCommand),
            'join': (self._make_group_command, self._read_group_command, dim.JoinCommand),
            'quit': (self._make_group_command, self._read_group_command, dim.QuitCommand),
            'reset': (self._make_group_command, self._read_group_command, dim.ResetCommand),
            'command': (self._make_command, self._read_command, dim.Command),
        }
        if dim.is_dimples:
            table |= {
                'hire': (self._make_staff, self._read_staff, dim.HireGroupCommand),
                'fire': (self._make_staff, self._read_staff, dim.FireGroupCommand),
                'resign': (self._make_resign, self._read_group_command, dim.ResignGroupCommand),
                'handshake': (self._make_handshake, self._read_handshake, dim.HandshakeCommand),
                'login': (self._make_login, self._read_login, dim.LoginCommand),
                'report': (self._make_report, self._read_report, dim.ReportCommand),
                'ans': (self._make_ans, self._read_ans, dim.AnsCommand),
                'block': (self._make_list, self._read_list, dim.BlockCommand),
                'mute': (self._make_list, self._read_list, dim.MuteCommand),
                'customized': (self._make_customized, self._read_customized, dim.AppCustomizedContent),
            }
        self._table: Dict[str, Tuple[Callable, Callable, type]] = table

    @property
    def names(self) -> list:
        return [*self._table, 'map']

    def make(self, kind: str, values: Values) -> Any:
        """A new content. `sn`, `time` and `group` are those of every content, `more` is fields of the application."""
        if kind == 'map':
            return self.dim.Content.parse(content=json.loads(values['map']))
        content = self._table[kind][0](kind, values)
        if 'sn' in values:
            content['sn'] = int(values['sn'])
        if 'time' in values:
            content['time'] = values['time']
        if 'group' in values:
            content.group = self._id(values['group'])
        for name, value in json.loads(values.get('more', '{}')).items():
            content[name] = value
        return content

    def read(self, kind: str, content: Any, received: dict) -> Values:
        """What a content says, in the words of `make`. `received` is its map before anything was changed in it."""
        if kind == 'map':
            return {}
        _, read, expected = self._table[kind]
        if not isinstance(content, expected):
            raise ValueError(f'a {type(content).__name__} was read for the kind {kind}')
        values = {**read(kind, content, received), 'sn': str(content.sn)}
        if content.group is not None:
            values['group'] = str(content.group)
        return _present(values)

    def _id(self, text: Optional[str]):
        return None if text is None else self.dim.ID.parse(identifier=text)

    def _ids(self, texts):
        return [self._id(text) for text in texts]

    def _file(self, text: Optional[str]):
        return None if text is None else self.dim.TransportableFile.parse(text)

    # Contents

    def _make_text(self, _, values):
        return self.dim.TextContent.create(text=values['text'])

    def _read_text(self, _, content, __):
        return {'text': content.text}

    def _make_file(self, kind, values):
        data = values.get('data')
        key = values.get('key')
        content = getattr(self.dim.FileContent, kind)(
            data=None if data is None else self.dim.TransportableData.parse(data),
            filename=values.get('filename'),
            url=values.get('url'),
            password=None if key is None else self.dim.SymmetricKey.parse(key=json.loads(key)),
        )
        if kind == 'image':
            content.thumbnail = self._file(values.get('picture'))
        elif kind == 'video':
            content.snapshot = self._file(values.get('picture'))
        elif kind == 'audio' and 'text' in values:
            content.text = values['text']
        return content

    def _read_file(self, kind, content, _):
        values = {'filename': content.filename, 'url': content.url}
        if content.data is not None:
            values['data'] = self.dim.Base64.encode(content.data.to_bytes())
        if content.password is not None:
            values['key'] = json.dumps(map_of(content.password))
        picture = {'image': 'thumbnail', 'video': 'snapshot'}.get(kind)
        if picture is not None and getattr(content, picture) is not None:
            values['picture'] = str(getattr(content, picture).serialize())
        if kind == 'audio':
            values['text'] = content.text
        return values

    def _make_page(self, _, values):
        return self.dim.PageContent.create(
            url=values['url'], html=values.get('html'), title=values['title'], desc=values.get('desc'),
            icon=self._file(values.get('icon')),
        )

    def _read_page(self, _, content, received):
        icon = content.icon
        # These two getters do not give what was received: the title is empty, the HTML is the description.
        return {
            'url': content.url, 'html': received.get('HTML'), 'title': received.get('title'), 'desc': content.desc,
            'icon': None if icon is None else str(icon.serialize()),
        }

    def _make_card(self, _, values):
        avatar = self._file(values.get('avatar'))
        return self.dim.NameCard.create(identifier=self._id(values['did']), name=values['name'], avatar=avatar)

    def _read_card(self, _, content, __):
        avatar = content.avatar
        return {
            'did': str(content.identifier), 'name': content.name,
            'avatar': None if avatar is None else str(avatar.serialize()),
        }

    def _make_quote(self, _, values):
        origin = self.dim.TextContent.create(text='what was said')
        origin['sn'] = int(values['originSn'])
        origin = self.dim.Content.parse(content=map_of(origin))
        return self.dim.QuoteContent.create(text=values['text'], envelope=self._envelope(values), content=origin)

    def _read_quote(self, _, content, __):
        return {'text': content.text, **self._read_origin(content)}

    def _make_money(self, kind, values):
        if kind == 'money':
            return self.dim.MoneyContent.create(currency=values['currency'], amount=values['amount'])
        content = self.dim.TransferContent.transfer(currency=values['currency'], amount=values['amount'])
        content.remitter = self._id(values['remitter'])
        content.remittee = self._id(values['remittee'])
        return content

    def _read_money(self, kind, content, _):
        values = {'currency': content.currency, 'amount': content.amount}
        if kind == 'transfer':
            values |= {'remitter': str(content.remitter), 'remittee': str(content.remittee)}
        return values

    def _make_array(self, _, values):
        return self.dim.ArrayContent.create(
            contents=[self.make(item['kind'], item['values']) for item in values['contents']])

    def _read_array(self, _, content, __):
        return {'texts': [item.text for item in content.contents]}

    def _make_combine(self, _, values):
        messages = [
            self.dim.InstantMessage.create(head=self._envelope(item), body=self.make('text', {'text': item['text']}))
            for item in values['messages']
        ]
        return self.dim.CombineContent.create(title=values['title'], messages=messages)

    def _read_combine(self, _, content, __):
        messages = [{'sender': str(item.sender), 'receiver': str(item.receiver), 'text': item.content.text}
                    for item in content.messages]
        return {'title': content.title, 'messages': messages}

    def _make_forward(self, _, values):
        messages = [self.dim.ReliableMessage.parse(msg=json.loads(text)) for text in values['messages']]
        return self.dim.ForwardContent.create(messages=messages)

    def _read_forward(self, _, content, __):
        return {'messages': [json.dumps(map_of(item), ensure_ascii=False) for item in content.secrets]}

    # Commands

    def _make_command(self, _, values):
        return self.dim.BaseCommand(cmd=values['command'])

    def _read_command(self, _, content, __):
        return {'command': content.cmd}

    def _make_meta(self, _, values):
        did = self._id(values['did'])
        if 'meta' not in values:
            return self.dim.MetaCommand.query(identifier=did)
        meta = self.dim.Meta.parse(meta=json.loads(values['meta']))
        return self.dim.MetaCommand.response(identifier=did, meta=meta)

    def _read_meta(self, _, content, __):
        meta = content.meta
        return {'did': str(content.identifier), 'meta': None if meta is None else json.dumps(map_of(meta))}

    def _make_documents(self, _, values):
        did = self._id(values['did'])
        if 'documents' not in values:
            last_time = values.get('lastTime')
            time = None if last_time is None else self.dim.DateTime(last_time)
            return self.dim.DocumentCommand.query(did, time)
        documents = [self.dim.Document.parse(document=json.loads(text)) for text in values['documents']]
        meta = self.dim.Meta.parse(meta=json.loads(values['meta'])) if 'meta' in values else None
        return self.dim.DocumentCommand.response(documents=documents, meta=meta, identifier=did)

    def _read_documents(self, _, content, __):
        values = self._read_meta(_, content, __)
        if content.documents is not None:
            values['documents'] = [json.dumps(map_of(item), ensure_ascii=False) for item in content.documents]
        if content.last_time is not None:
            values['lastTime'] = content.last_time.timestamp
        return values

    def _make_receipt(self, _, values):
        envelope = self._envelope(values)
        command = self.dim.ReceiptCommand.create(text=values['text'], envelope=envelope)
        command['origin'] |= {'sn': int(values['originSn']), 'signature': values['signature']}
        return command

    def _read_receipt(self, _, content, __):
        return {'text': content.text, 'signature': content.original_signature, **self._read_origin(content)}

    def _envelope(self, values):
        return self.dim.Envelope.create(sender=self._id(values['sender']), receiver=self._id(values['receiver']))

    def _read_origin(self, content):
        envelope = content.original_envelope
        return {
            'sender': str(envelope.sender), 'receiver': str(envelope.receiver), 'originSn': str(content.original_sn),
        }

    def _make_group_command(self, kind, values):
        group = self._id(values['group'])
        method = getattr(self.dim.GroupCommand, kind)
        if kind in ('join', 'quit'):
            return method(group=group)
        return method(group=group, members=self._ids(values['members']))

    def _read_group_command(self, _, content, __):
        return {'members': None if content.members is None else [str(member) for member in content.members]}

    def _make_staff(self, kind, values):
        of_kind = self.dim.HireGroupCommand if kind == 'hire' else self.dim.FireGroupCommand
        return of_kind(group=self._id(values['group']), administrators=self._ids(values['administrators']))

    def _read_staff(self, _, content, __):
        return {'administrators': [str(item) for item in content.administrators]}

    def _make_resign(self, _, values):
        return self.dim.ResignGroupCommand(group=self._id(values['group']))

    def _make_handshake(self, _, values):
        return self.dim.BaseHandshakeCommand(title=values['title'], session=values.get('session'))

    def _read_handshake(self, _, content, __):
        return {'title': content.title, 'session': content.session}

    def _make_login(self, _, values):
        command = self.dim.LoginCommand(identifier=self._id(values['did']))
        command.agent = values['agent']
        command.device = values['device']
        command.station = {'did': values['station'], 'host': values['host'], 'port': values['port']}
        return command

    def _read_login(self, _, content, __):
        station = content.station
        return {
            'did': str(content.identifier), 'agent': content.agent, 'device': content.device,
            'station': station.get('did'), 'host': station.get('host'), 'port': station.get('port'),
        }

    def _make_report(self, _, values):
        return self.dim.ReportCommand(title=values['title'])

    def _read_report(self, _, content, __):
        return {'title': content.title}

    def _make_ans(self, _, values):
        return self.dim.AnsCommand.response(names=list(values['records']), records=values['records'])

    def _read_ans(self, _, content, __):
        return {'records': dict(content.records)}

    def _make_list(self, kind, values):
        if kind == 'block':
            command = self.dim.BlockCommand()
            command.block_list = self._ids(values['list'])
        else:
            command = self.dim.MuteCommand()
            command.mute_list = self._ids(values['list'])
        return command

    def _read_list(self, kind, content, _):
        users = content.block_list if kind == 'block' else content.mute_list
        return {'list': [str(user) for user in users]}

    def _make_customized(self, _, values):
        return self.dim.AppCustomizedContent(app=values['app'], mod=values['mod'], act=values['act'])

    def _read_customized(self, _, content, __):
        return {'app': content.application, 'mod': content.module, 'act': content.action}


def _present(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}
