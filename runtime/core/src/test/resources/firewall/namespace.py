"""Does in a network namespace what it is told on standard input, a JSON object a line; answers in the same way.

The argument is a process of the namespace. The listener for clients is made before the namespace is entered, and stays
where it was made: so whoever connects to it there is connected from within the namespace to a machine.
"""
import ctypes
import json
import os
import socket
import struct
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

CLONE_NEWNET = 0x40000000
front = socket.create_server(("127.0.0.1", 0))
with open("/proc/" + sys.argv[1] + "/ns/net") as namespace:
    if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), CLONE_NEWNET) != 0:
        sys.exit(os.strerror(ctypes.get_errno()))

listening = set()
relayed = {"host": None, "port": 0}


def family(host):
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def greet(server):
    while True:
        client, _ = server.accept()
        try:
            client.sendall(b"!")
            client.close()
        except OSError:
            pass


def echo(server):
    while True:
        data, peer = server.recvfrom(64)
        server.sendto(data, peer)


def listen(ports):
    for port in ports:
        if port in listening:
            continue
        listening.add(port)
        try:
            tcp = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=100)
            threading.Thread(target=greet, args=(tcp,), daemon=True).start()
        except OSError:
            pass  # somebody else answers there, as sshd does
        for kind, host in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
            udp = socket.socket(kind, socket.SOCK_DGRAM)
            if kind == socket.AF_INET6:
                udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            udp.bind((host, port))
            threading.Thread(target=echo, args=(udp,), daemon=True).start()


def tcp(probe):
    with socket.socket(family(probe["to"]), socket.SOCK_STREAM) as client:
        client.settimeout(probe["wait"])
        if probe.get("from"):
            client.bind((probe["from"], 0))
        client.connect((probe["to"], probe["port"]))
        return client.recv(1) != b""


def udp(probe):
    with socket.socket(family(probe["to"]), socket.SOCK_DGRAM) as client:
        client.settimeout(probe["wait"])
        if probe.get("from"):
            client.bind((probe["from"], 0))
        client.sendto(b"?", (probe["to"], probe["port"]))
        return client.recv(1) == b"?"


def ping(probe):
    six = ":" in probe["to"]
    protocol = socket.getprotobyname("ipv6-icmp") if six else socket.IPPROTO_ICMP
    with socket.socket(family(probe["to"]), socket.SOCK_RAW, protocol) as client:
        client.settimeout(probe["wait"])
        if probe.get("from"):
            client.bind((probe["from"], 0))
        mark = os.urandom(4)
        head = struct.pack("!BBH", 128 if six else 8, 0, 0) + mark
        total = sum(struct.unpack("!4H", head))
        total = (total >> 16) + (total & 0xFFFF)
        check = 0 if six else ~(total + (total >> 16)) & 0xFFFF
        client.sendto(struct.pack("!BBH", 128 if six else 8, 0, check) + mark, (probe["to"], 0))
        while True:
            packet = client.recv(200)
            if not six:
                packet = packet[(packet[0] & 15) * 4:]
            if packet[0] == (129 if six else 0) and packet[4:8] == mark:
                return True


def probe(one):
    try:
        return {"tcp": tcp, "udp": udp, "icmp": ping}[one["protocol"]](one)
    except (TimeoutError, ConnectionError):
        return False


def pipe(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def relay(client):
    try:
        machine = socket.create_connection((relayed["host"], relayed["port"]), timeout=1)
    except OSError:
        client.close()
        return
    machine.settimeout(None)
    for end in (client, machine):
        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=pipe, args=(client, machine), daemon=True).start()
    threading.Thread(target=pipe, args=(machine, client), daemon=True).start()


def clients():
    while True:
        client, _ = front.accept()
        threading.Thread(target=relay, args=(client,), daemon=True).start()


threading.Thread(target=clients, daemon=True).start()
with ThreadPoolExecutor(64) as pool:
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "listen":
            answer = listen(order["ports"])
        elif order["do"] == "relay":
            relayed.update(order)
            answer = front.getsockname()[1]
        else:
            answer = list(pool.map(probe, order["probes"]))
        print(json.dumps(answer), flush=True)
os._exit(0)
