"""A catalogue on loopback that answers as its folder says, honest or hostile:

    python3 tests/catalog_server.py FOLDER

prints its port. FOLDER holds the files it serves (name.ttl, .trig, .json) and is read at each
request, so a test changes it as it goes; FOLDER/log gets a line "METHOD PATH STATUS" a request.
Hostile paths: /huge /slow /bomb /html /loop /ring /file /private /lie /redirect-ring /big-header /500
"""
import gzip
import hashlib
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
TYPES = {'.ttl': 'text/turtle', '.trig': 'application/trig', '.json': 'application/json',
         '.nt': 'application/n-triples', '.rdf': 'application/rdf+xml'}
HYDRA = 'http://www.w3.org/ns/hydra/core#'
DATASET = ('<urn:x:d%s> a <http://www.w3.org/ns/dcat#Dataset> ; '
           '<http://purl.org/dc/terms/title> "%s" .\n')


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self, status, body=b'', kind='text/turtle', **headers):
        with open(os.path.join(folder, 'log'), 'a') as log:
            log.write(f'{self.command} {self.path} {status}\n')
        self.send_response(status)
        if status != 304:
            self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def here(self, path):
        return f'http://{self.headers["Host"]}{path}'

    def next_page(self, text, path):
        return (text + f'<{self.here(self.path)}> <{HYDRA}nextPage> <{self.here(path)}> .\n').encode()

    def stream(self, piece, times, pause, **headers):
        self.send_response(200)
        self.send_header('Content-Type', 'text/turtle')
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header('Connection', 'close')
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(times):
                self.wfile.write(piece)
                time.sleep(pause)
        except OSError:
            pass

    def hostile(self, name, query):
        if name == 'huge':
            self.stream(b'# ' + b'x' * 65533 + b'\n', 1 << 16, 0)
        elif name == 'slow':
            self.stream(b'#\n', 600, 0.5)
        elif name == 'bomb':
            self.stream(gzip.compress(b'# ' + b'x' * (1 << 26)) , 64, 0, Content_Encoding='gzip')
        elif name == 'html':
            self.answer(200, b'<!doctype html><p>no', 'text/html')
        elif name == 'ring':
            page = query or 'a'
            self.answer(200, self.next_page(DATASET % (page, page),
                                            f'/ring?{"b" if page == "a" else "a"}'))
        elif name == 'loop':
            page = int(query or 1)
            self.answer(200, self.next_page(DATASET % (1, 'the same'), f'/loop?{page + 1}'))
        elif name == 'endless':
            page = int(query or 1)
            self.answer(200, self.next_page(DATASET % (page, page), f'/endless?{page + 1}'))
        elif name == 'lie':
            self.answer(200, (DATASET % (1, 'one') +
                              f'<{self.here("/lie")}> <{HYDRA}totalItems> 20 .\n').encode())
        elif name == 'redirect-ring':
            self.answer(302, Location='/redirect-ring')
        elif name == 'file':
            self.answer(302, Location='file:///etc/hostname')
        elif name == 'private':
            self.answer(302, Location=f'http://localhost:{self.server.server_port}/one.ttl')
        elif name == 'leads-private':
            self.answer(200, (DATASET % (1, 'one') + f'<{self.here(self.path)}> <{HYDRA}nextPage> '
                              '<http://169.254.169.254/latest/> .\n').encode())
        elif name == 'big-header':
            self.answer(200, b'', X_Big='x' * 60000, X_Bigger='x' * 60000)
        elif name == 'cut':
            self.send_response(200)
            self.send_header('Content-Type', 'text/turtle')
            self.send_header('Content-Length', '1000')
            self.end_headers()
            self.wfile.write(b'<urn:x:a> <urn:x:b> <urn:x:c> .\n')
            self.close_connection = True
        else:
            return False
        return True

    def do_GET(self):
        path, _, query = self.path.partition('?')
        name = path[1:]
        if self.hostile(name, query):
            return
        file = os.path.join(folder, name + (f'?{query}' if query else ''))
        if not os.path.isfile(file):
            self.answer(500 if name == '500' else 404)
            return
        if os.path.exists(os.path.join(folder, 'slow')):
            time.sleep(0.3)
        with open(file, 'rb') as f:
            body = f.read().replace(b'http://SITE', f'http://{self.headers["Host"]}'.encode())
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {'ETag': etag}
        if os.path.exists(file + '.fixed'):
            headers['Cache_Control'] = 'public, max-age=31536000, immutable'
        if self.headers.get('If-None-Match') == etag:
            self.answer(304, **headers)
        else:
            self.answer(200, body, TYPES[os.path.splitext(name)[1]], **headers)


server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
