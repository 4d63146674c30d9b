"""What went over the wire, counted below the client, which does not know."""

import collections
import re
import urllib.parse

import requests.adapters


class Counted:
    """How often each operation was called, and how it was answered."""

    def __init__(self):
        self.answers = collections.defaultdict(collections.Counter)  # operation -> answer -> how often

    def total(self):
        return sum(self.answers.values(), collections.Counter())

    def table(self, title, known):
        """One line an operation. `known`: the operations that there are."""
        width = max(map(len, self.answers), default=0)
        lines = [title, f"{'operation':<{width}}  calls  answers"]
        for operation in sorted(self.answers, key=lambda name: name.split(" ")[::-1]):
            answers = self.answers[operation]
            said = ", ".join(f"{answer}" if count == 1 else f"{count}x {answer}" for answer, count in sorted(answers.items()))
            lines.append(f"{operation:<{width}}  {sum(answers.values()):>5}  {said}")
        driven = len(self.answers.keys() & set(known))
        lines.append(f"{driven} operations of {len(known)} in the contract, {sum(self.total().values())} calls")
        return "\n".join(lines)


class Wire(Counted):
    """Counts while it is entered: in the adapter of `requests` that sends the bytes."""

    def __enter__(self):
        self._send = requests.adapters.HTTPAdapter.send
        wire = self

        def send(adapter, request, *args, **kwargs):
            response = wire._send(adapter, request, *args, **kwargs)
            wire.answers[operation_of(request)][response.status_code] += 1
            return response

        requests.adapters.HTTPAdapter.send = send
        return self

    def __exit__(self, *_):
        requests.adapters.HTTPAdapter.send = self._send


def operation_of(request):
    """"GET /webapi/rest/taxes/{id}" of a request for /webapi/rest/taxes/4?x=y."""
    path = re.sub("/+", "/", urllib.parse.urlsplit(request.url).path).rstrip("/")
    return f"{request.method} {re.sub(r'/[0-9]+', '/{id}', path)}"
