"""What went over the wire, noted below the client: in the adapter of `requests` that sends the bytes."""

import collections
import re
import urllib.parse

import requests.adapters


class Wire:
    """Counts the answers of every operation while it is entered. The client does not know."""

    def __init__(self):
        self.answers = collections.defaultdict(collections.Counter)  # operation -> status -> how often

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

    def total(self):
        return sum(self.answers.values(), collections.Counter())

    def table(self, title, known):
        """One line an operation: how often it was called, and how it was answered. `known`: how many there are."""
        width = max(map(len, self.answers), default=0)
        lines = [title, f"{'operation':<{width}}  calls  answers"]
        for operation in sorted(self.answers, key=lambda name: name.split(" ")[::-1]):
            statuses = self.answers[operation]
            said = ", ".join(f"{status}" if count == 1 else f"{count}x {status}" for status, count in sorted(statuses.items()))
            lines.append(f"{operation:<{width}}  {sum(statuses.values()):>5}  {said}")
        total = self.total()
        lines.append(f"{len(self.answers)} operations of {known} in the contract, {sum(total.values())} calls")
        return "\n".join(lines)


def operation_of(request):
    """"GET /webapi/rest/taxes/{id}" of a request for /webapi/rest/taxes/4?x=y."""
    path = re.sub("/+", "/", urllib.parse.urlsplit(request.url).path).rstrip("/")
    return f"{request.method} {re.sub(r'/[0-9]+', '/{id}', path)}"
